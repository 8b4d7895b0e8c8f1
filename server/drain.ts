import type { IncomingMessage, ServerResponse } from 'node:http'

/** More than a client can be thought to send without looking at the answer. */
const mostUnreadBytes = 64 * 1024 * 1024

/**
 * Lets the rest of a body that nobody wanted pass by once it is answered. Left where it is, it would hold up the next
 * request of the same connection; a connection cut at once would take the answer with it.
 */
export function drainAfter(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.readableEnded || request.destroyed) return
    let bytes = 0
    // An iterator that was left in the middle still listens, and would keep the body from flowing.
    request.removeAllListeners('readable').removeAllListeners('data')
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > mostUnreadBytes) request.destroy()
    })
    request.resume()
  })
}
