import type { z } from 'zod'
import { DomainError, type FieldError } from './errors'

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** Zod says of a union only that nothing fits, and of a text that is no number that it is NaN. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input') {
    const inner = issue.errors.flat()[0]
    if (inner) return reasonOf(inner)
  }
  if (issue.code === 'invalid_type') {
    const [, received] = / received (NaN|-?Infinity)$/.exec(issue.message) ?? []
    if (received !== undefined) return reasonOfNoNumber(issue.expected, received)
  }
  return issue.message
}

/** NaN is what a text became that is no number, and what YAML has as `.nan`; infinity it has as `.inf`. */
function reasonOfNoNumber(expected: string, received: string): string {
  const isNan = received === 'NaN'
  if (expected === 'number' || expected === 'int')
    return isNan ? 'must be a number' : 'must be a finite number'
  if (expected === 'string')
    return `must be a text; \`${isNan ? '.nan' : '.inf'}\` is a number of YAML unless it stands in quotes`
  return `must be of type ${expected}, and \`${isNan ? '.nan' : '.inf'}\` is a number of YAML`
}

function fieldErrors(issues: readonly z.core.$ZodIssue[], pointerPrefix: string): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        pointer: pointerPrefix + pointerOf([...issue.path, key]),
        reason: `\`${key}\` is not a known member.`,
        code: 'unknown_member',
      }))
    }
    return [{ pointer: pointerPrefix + pointerOf(issue.path), reason: reasonOf(issue), code: issue.code }]
  })
}

/** Parses a use case's input. Throws `invalid` (422) with a JSON pointer for each fault, below `pointerPrefix`. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, pointerPrefix = ''): z.output<S> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const errors = fieldErrors(parsed.error.issues, pointerPrefix)
  const first = errors[0]
  const where = first?.pointer ? `${first.pointer}: ` : ''
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  throw new DomainError('invalid', `${where}${first?.reason ?? 'The input is not valid.'}${more}`, { errors })
}
