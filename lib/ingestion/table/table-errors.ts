import postgres from 'postgres'
import { DomainError } from '@/lib/core/errors'
import { refuseSource, type TableInput } from './table-input'

const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
])

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

function reasonOf(input: TableInput, error: unknown): string | null {
  const code = codeOf(error)
  const place = `\`${input.schema}.${input.table}\``
  if (code.startsWith('28'))
    return `connection \`${input.connection}\` is refused by its database: the role or its password is wrong.`
  if (code === '3D000') return `connection \`${input.connection}\` names a database that does not exist.`
  if (code === '42501') return `the role of connection \`${input.connection}\` may not read ${place}.`
  if (code === '57014') return `reading ${place} took too long and was stopped.`
  if (code === '55P03') return `${place} is locked by somebody else.`
  if (error instanceof postgres.PostgresError) return `its database says: ${error.message.slice(0, 300)}`
  return null
}

/**
 * What went wrong with a connection, as its user can understand it. Nothing of the URL is repeated: it holds the
 * password. What is no fault of the connection stays as it is.
 */
export function explainTable(input: TableInput, error: unknown): unknown {
  if (error instanceof DomainError) return error
  const code = codeOf(error)
  // The server ends, or has too many connections.
  const isAway = unreachable.has(code) || code.startsWith('08') || code.startsWith('57P') || code === '53300'
  if (isAway) {
    const reason = `The database of source \`${input.name}\` (connection \`${input.connection}\`) cannot be reached: ${code}.`
    return new DomainError('unavailable', reason, { retryAfterSeconds: 30 }, { cause: error })
  }
  const reason = reasonOf(input, error)
  return reason === null ? error : refuseSource(input.name, reason, error)
}
