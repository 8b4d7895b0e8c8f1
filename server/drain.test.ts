import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { drainAfter } from './drain'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

/** A server that looks at the first bytes of a body, answers, and leaves the rest. */
async function listening(): Promise<number> {
  server = createServer((incoming, response) => {
    drainAfter(incoming, response)
    const iterator = incoming[Symbol.asyncIterator]()
    iterator.next().then(
      () => response.writeHead(413).end('too large'),
      () => response.destroy(),
    )
  })
  server.listen(0)
  await once(server, 'listening')
  // A server that listens on a port has an address of this form.
  return (server.address() as AddressInfo).port
}

async function post(port: number, agent: Agent, body: Buffer): Promise<number> {
  const headers = { 'content-length': body.length }
  const sent = request({ port, agent, method: 'POST', headers })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  if (!sent.writableFinished) await once(sent, 'finish')
  return response.statusCode ?? 0
}

describe('drainAfter', () => {
  it('lets the next request of the connection through', { timeout: 10_000 }, async () => {
    const port = await listening()
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    let connections = 0
    server.on('connection', () => connections++)
    for (let round = 0; round < 3; round++)
      expect(await post(port, agent, Buffer.alloc(5 * 1024 * 1024))).toBe(413)
    expect(connections).toBe(1)
    agent.destroy()
  })
})
