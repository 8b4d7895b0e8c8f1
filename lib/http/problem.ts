import { STATUS_CODES } from 'node:http'
import { errorCodes, wasInTheWay } from '@/lib/core/error-codes'
import { DomainError, type ErrorCode, invalid } from '@/lib/core/errors'
import { stringifyJson } from '@/lib/core/json'
import { logger } from '@/lib/core/logger'
import { unstorableReason } from '@/lib/core/text'

/** The one table from the domain's codes to HTTP. */
const statusOf: Record<ErrorCode, number> = {
  not_parseable: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  in_progress: 409,
  gone: 410,
  precondition_failed: 412,
  too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  invalid: 422,
  precondition_required: 428,
  rate_limited: 429,
  unavailable: 503,
}

export interface Problem {
  status: number
  headers: Record<string, string>
  body: string
}

export interface Where {
  requestId: string
  instance: string
}

function document(status: number, code: string, detail: string, where: Where, more: Record<string, unknown>) {
  return stringifyJson({
    type: `/docs/errors/${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail,
    instance: where.instance,
    code,
    request_id: where.requestId,
    ...more,
  })
}

function problemOf(error: DomainError, where: Where): Problem {
  const status = statusOf[error.code]
  const { errors, decision, retryAfterSeconds, extensions, headers } = error.details
  const more: Record<string, unknown> = { ...extensions }
  if (errors && errors.length > 0) more.errors = errors
  if (decision) more.decision = decision
  const answerHeaders: Record<string, string> = { 'content-type': 'application/problem+json', ...headers }
  const retry = retryAfterSeconds ?? (status === 429 || status === 503 ? 1 : undefined)
  if (retry !== undefined) answerHeaders['retry-after'] = String(retry)
  if (status === 401) answerHeaders['www-authenticate'] = 'Bearer realm="almanac"'
  return { status, headers: answerHeaders, body: document(status, error.code, error.message, where, more) }
}

/** PostgreSQL's and the socket's words for "not reachable": the caller may try again. */
const unreachable = new Set([
  'ECONNREFUSED',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  '57P01',
  '57P03',
  '53300',
])

/** The failure that the caller can act on. One made in the other module graph is the same thing under another class. */
export function domainErrorOf(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error
  if (!(error instanceof Error && error.name === 'DomainError' && 'code' in error && 'details' in error))
    return null
  const twin = error as DomainError
  return new DomainError(twin.code, twin.message, twin.details)
}

/** PostgreSQL's words for a text it cannot hold: nothing that is stored is called so. */
const unstorable = new Set(['22021', '22P05'])

/** Any failure as a problem document; what nobody foresaw is a 500 with nothing but the request id, its cause logged. */
export function toProblem(error: unknown, where: Where): Problem {
  const known = domainErrorOf(error)
  if (known) {
    const problem = problemOf(known, where)
    if (problem.status >= 500) logger().warn({ err: error, request_id: where.requestId }, known.message)
    return problem
  }
  if (errorCodes(error).some((code) => unreachable.has(code))) {
    logger().error({ err: error, request_id: where.requestId }, 'the database cannot be reached')
    const away = new DomainError(
      'unavailable',
      'The registry cannot be reached at the moment. Try again shortly.',
    )
    return problemOf(away, where)
  }
  if (wasInTheWay(error)) {
    logger().warn({ err: error, request_id: where.requestId }, 'two transactions were in each other’s way')
    const inTheWay =
      'Somebody changed the same things at the same moment, and nothing of this was done. Try again.'
    return problemOf(new DomainError('conflict', inTheWay), where)
  }
  if (errorCodes(error).some((code) => unstorable.has(code))) {
    logger().warn({ err: error, request_id: where.requestId }, 'a text that cannot be stored came through')
    return problemOf(invalid(`The request ${unstorableReason}.`), where)
  }
  logger().error({ err: error, request_id: where.requestId }, 'unforeseen failure')
  return {
    status: 500,
    headers: { 'content-type': 'application/problem+json' },
    body: document(
      500,
      'internal',
      'Something failed here. The request id leads to the cause in the log.',
      where,
      {},
    ),
  }
}
