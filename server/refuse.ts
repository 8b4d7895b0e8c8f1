import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requestIdOf } from '@/lib/http/context'
import { toProblem } from '@/lib/http/problem'

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

const isPercentEncoded = (path: string): boolean => {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** What Next would fail on: methods that exist nowhere here (TRACE), paths that are no percent-encoded UTF-8. */
function faultOf(method: string, path: string): DomainError | null {
  if (!knownMethods.has(method)) {
    const allow = [...knownMethods].join(', ')
    return new DomainError('method_not_allowed', `This method is offered nowhere. Offered: ${allow}.`, {
      headers: { allow },
    })
  }
  if (isPercentEncoded(path)) return null
  return new DomainError('not_parseable', 'The path is not percent-encoded UTF-8.')
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

/** Bytes that are no HTTP, or headers and addresses of more than 16 KiB: refused before there is a request. */
export function refuseConnection(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const tooLong = error.code === 'HPE_HEADER_OVERFLOW'
  const status = tooLong ? 431 : 400
  const title = tooLong ? 'Request Header Fields Too Large' : 'Bad Request'
  const code = tooLong ? 'too_large' : 'not_parseable'
  const detail = tooLong ? 'Address and headers may hold 16 KiB together.' : 'This is no HTTP request.'
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
