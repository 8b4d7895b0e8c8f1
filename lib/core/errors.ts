/** The closed set of ways in which a use case can fail. lib/http/problem.ts alone knows their status numbers. */
export type ErrorCode =
  | 'not_parseable'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'in_progress'
  | 'gone'
  | 'precondition_failed'
  | 'precondition_required'
  | 'too_large'
  | 'unsupported_media_type'
  | 'range_not_satisfiable'
  | 'invalid'
  | 'rate_limited'
  | 'unavailable'

/** One fault in the input. `pointer` is a JSON pointer; row counts from 1, a CSV header not counted. */
export interface FieldError {
  pointer: string
  reason: string
  code: string
  row?: number
  column?: string
  value?: string
  rule?: string
}

/** What is not there, for interfaces that have an error of their own for each. */
export type MissingKind = 'group' | 'version' | 'service' | 'feature' | 'push_source'

/** Why the policies refused: the rule that decided, what is missing, who can help. */
export interface DecisionDetail {
  action: string
  resource: string
  rule: string
  missing: string[]
  who_can_help: string[]
}

export interface ErrorDetails {
  errors?: FieldError[]
  decision?: DecisionDetail
  missing?: MissingKind
  retryAfterSeconds?: number
  headers?: Record<string, string>
  /** Further members of the problem document, e.g. the counts of a refused batch. */
  extensions?: Record<string, unknown>
}

/** A failure that the caller can understand and act on. Anything else that is thrown is a defect (500). */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'DomainError'
    this.code = code
    this.details = details
  }
}

export const notFound = (what: string, missing?: MissingKind) =>
  new DomainError('not_found', `${what} was not found.`, missing ? { missing } : {})

export const invalid = (message: string, errors: FieldError[] = []) =>
  new DomainError('invalid', message, { errors })

/** A 422 about one field of the body. */
export const invalidField = (pointer: string, reason: string, code = 'invalid') =>
  new DomainError('invalid', reason, { errors: [{ pointer, reason, code }] })
