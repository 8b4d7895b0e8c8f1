import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptedHeader, encodedHeader } from '@/lib/http/compress'

/** Tells a handler behind Next which encodings the caller accepts, and the caller which one the answer is in. */
export function offerEncodings(request: IncomingMessage, response: ServerResponse): void {
  // Replaces whatever the caller wrote there.
  delete request.headers[acceptedHeader]
  const accepted = request.headers['accept-encoding']
  if (accepted === undefined) return
  request.headers[acceptedHeader] = String(accepted)
  const set = response.setHeader.bind(response)
  response.setHeader = (name, value) => set(name === encodedHeader ? 'content-encoding' : name, value)
}
