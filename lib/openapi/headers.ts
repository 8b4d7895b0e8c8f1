import { purposeActions } from '@/lib/authz/actions'
import { type Operation, takesKey } from '@/lib/core/operation'

export interface HeaderParameter {
  name: string
  in: 'header'
  required: boolean
  description: string
  schema: { type: 'string'; minLength?: number; maxLength?: number; pattern?: string }
}

const header = (
  name: string,
  description: string,
  { required = false, ...schema }: { required?: boolean; maxLength?: number; pattern?: string } = {},
): HeaderParameter => ({ name, in: 'header', required, description, schema: { type: 'string', ...schema } })

const ifMatch = header('If-Match', 'The ETag that was read, or `*`. Without it: 428; another one: 412.', {
  required: true,
})

const idempotencyKey = header(
  'Idempotency-Key',
  'The same key and body again get the first answer and act no second time, for seven days; the key with another body: 409.',
  { maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
)

const purpose = header(
  'X-Purpose',
  'What the data are read for. Restricted data need the purpose of a grant.',
)

const ranges = [
  header('Range', 'One range of bytes, of Parquet alone.'),
  header('If-Range', 'The ETag that was read: with another one the whole file is answered.'),
  header('If-None-Match', 'The ETag that was read: as long as it stands, 304.'),
]

/** The headers that an operation looks at, beyond those that all do. */
export const headerParametersOf = (operation: Operation): HeaderParameter[] => [
  ...(needsMatch(operation) ? [ifMatch] : []),
  ...(takesKey(operation) ? [idempotencyKey] : []),
  ...(purposeActions.some((one) => one === operation.action) ? [purpose] : []),
  ...(operation.ranges ? ranges : []),
]

const needsMatch = ({ method, ifMatch: needs }: Operation): boolean =>
  needs !== false && (method === 'PATCH' || method === 'DELETE')
