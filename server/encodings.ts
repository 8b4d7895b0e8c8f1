import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptedHeader, encodedHeader, lengthHeader } from '@/lib/http/compress'

const rightNames = new Map([
  [encodedHeader, 'content-encoding'],
  [lengthHeader, 'content-length'],
])

/**
 * Tells a handler behind Next which encodings the caller accepts, and the caller which one the answer is in and how
 * long it is.
 */
export function offerEncodings(request: IncomingMessage, response: ServerResponse): void {
  // Replaces whatever the caller wrote there.
  delete request.headers[acceptedHeader]
  const accepted = request.headers['accept-encoding']
  if (accepted !== undefined) request.headers[acceptedHeader] = String(accepted)
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) => {
    const right = rightNames.get(name)
    return right === undefined ? set(name, value) : set(right, String(value))
  }
}
