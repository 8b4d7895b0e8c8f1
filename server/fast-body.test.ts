import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/core/errors'
import { zstdOfText } from '@/lib/core/zstd.testing'
import { jsonBody } from './fast-body'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** What `jsonBody` makes of a body, or the code of its refusal. */
async function read(body: Uint8Array | string, headers: Record<string, string> = {}): Promise<unknown> {
  const outcome = new Promise<unknown>((resolve) => {
    const server = createServer((message, response) => {
      const end = (value: unknown) => {
        resolve(value)
        response.end()
      }
      jsonBody(message, end, (error) => end(error instanceof DomainError ? error.code : error))
    }).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      request({ port, host: '127.0.0.1', method: 'POST', headers })
        .on('response', (r) => r.resume())
        .end(body)
    })
    servers.push(server)
  })
  return outcome
}

const text = '{"id":9007199254740993}'
const value = { id: 9007199254740993n }

describe('the body of a fast path', () => {
  it('is read in every encoding', async () => {
    expect(await read(text)).toEqual(value)
    expect(await read(gzipSync(text), { 'content-encoding': 'gzip' })).toEqual(value)
    expect(await read(zstdOfText(text), { 'content-encoding': 'zstd' })).toEqual(value)
  })

  it('is refused when it is not what it says, or says a member twice', async () => {
    expect(await read(text, { 'content-encoding': 'br' })).toBe('unsupported_media_type')
    expect(await read(text, { 'content-encoding': 'zstd' })).toBe('not_parseable')
    expect(await read('{"id":1,"id":2}')).toBe('invalid')
    expect(await read(Buffer.from([0x22, 0xff, 0x22]))).toBe('not_parseable')
  })
})
