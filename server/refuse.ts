import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requestIdOf } from '@/lib/http/context'
import { toProblem } from '@/lib/http/problem'

/** A wide file names each of its columns in the query that brings its rows. */
export const longestHeadBytes = 256 * 1024

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const isPercentEncoded = (path: string): boolean => {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** What Next would fail on, or read otherwise: methods that exist nowhere here (TRACE), paths that are no percent-encoded UTF-8, keys with an empty part. */
function faultOf(method: string, path: string): DomainError | null {
  if (!knownMethods.has(method)) {
    const allow = [...knownMethods].join(', ')
    return new DomainError('method_not_allowed', `This method is offered nowhere. Offered: ${allow}.`, {
      headers: { allow },
    })
  }
  if (!isPercentEncoded(path))
    return new DomainError('not_parseable', 'The path is not percent-encoded UTF-8.')
  // Next would lead to the path without it, and so to the values of another key.
  const keys = path.indexOf('/online/')
  if (keys >= 0 && path.startsWith('/api/') && path.includes('//', keys))
    return new DomainError(
      'not_parseable',
      'The key has an empty part. The empty text is read by POST /api/v1/online-features.',
    )
  return null
}

/** Answers a request that no handler could read with its problem. Returns whether it did. */
export function refuseUnreadable(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  const fault = faultOf(request.method ?? '', path)
  if (!fault) return false
  const given = request.headers['x-request-id']
  const requestId = requestIdOf({ get: () => (typeof given === 'string' ? given : null) })
  const problem = toProblem(fault, { requestId, instance: path })
  response.writeHead(problem.status, { ...problem.headers, 'x-request-id': requestId })
  response.end(problem.body)
  return true
}

/** Bytes that are no HTTP, or headers and addresses that are too long: refused before there is a request. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW'
  const status = tooLong ? 431 : 400
  const title = tooLong ? 'Request Header Fields Too Large' : 'Bad Request'
  const code = tooLong ? 'too_large' : 'not_parseable'
  const detail = tooLong
    ? `Address and headers may hold ${longestHeadBytes / 1024} KiB together.`
    : 'This is no HTTP request.'
  const requestId = newId()
  const type = `/docs/errors/${code}`
  const body = JSON.stringify({ type, title, status, detail, code, request_id: requestId })
  const head = [
    `HTTP/1.1 ${status} ${title}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
