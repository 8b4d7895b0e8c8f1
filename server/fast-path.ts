import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * A path that the portal answers before Next sees it. The route handler of the same path stays the contract:
 * both call the same function, this one without Next's cost.
 */
export interface FastPath {
  method: string
  /** The exact path, without a query. */
  path: string
  /** Reads the body whole, or leaves it to drainAfter. */
  handle: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
}
