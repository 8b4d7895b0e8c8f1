import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { acceptedHeader, encodedHeader, lengthHeader } from '@/lib/http/compress'
import { offerEncodings } from './encodings'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** What a handler sees as accepted, and what its caller gets as the encoding. */
async function asked(
  headers: Record<string, string>,
): Promise<{ seen: unknown; encoding: unknown; length: unknown; own: unknown }> {
  let seen: unknown
  const server = createServer((message, response) => {
    offerEncodings(message, response)
    seen = message.headers[acceptedHeader]
    // As Next does it.
    response.setHeader(encodedHeader, ['gzip'])
    response.setHeader(lengthHeader, ['7'])
    response.end('x'.repeat(7))
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers }, (response) => {
      response.resume().once('end', () =>
        resolve({
          seen,
          encoding: response.headers['content-encoding'],
          length: response.headers['content-length'],
          own: response.headers[encodedHeader] ?? response.headers[lengthHeader],
        }),
      )
    })
      .once('error', reject)
      .end()
  })
}

describe('the server in front of Next', () => {
  it('passes on what is accepted and names the encoding of the answer', async () => {
    expect(await asked({ 'accept-encoding': 'gzip, br' })).toEqual({
      seen: 'gzip, br',
      encoding: 'gzip',
      length: '7',
      own: undefined,
    })
  })

  it('believes nobody else', async () => {
    expect((await asked({ [acceptedHeader]: 'gzip' })).seen).toBeUndefined()
  })
})
