import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { zstdOfRuns, zstdOfText } from '@/lib/core/zstd.testing'
import { bodyBytes } from './body'

const text = 'customer_id,num_logins\n'.repeat(10_000)

async function read(body: Uint8Array, encoding: string | null, maxBytes = 10_000_000): Promise<string> {
  const headers = new Headers(encoding === null ? {} : { 'content-encoding': encoding })
  const pieces: BlobPart[] = [Uint8Array.from(body)]
  const request = new Request('http://localhost/', { method: 'POST', body: new Blob(pieces), headers })
  const chunks: Uint8Array[] = []
  for await (const chunk of bodyBytes(request, maxBytes)) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('Content-Encoding of a body', () => {
  it.each([
    ['none', null, Buffer.from(text)],
    ['identity', 'identity', Buffer.from(text)],
    ['gzip', 'GZIP', gzipSync(text)],
    ['zstd', 'zstd', zstdOfText(text)],
    ['gzip, then zstd', 'gzip, zstd', zstdOfText(gzipSync(text))],
    ['zstd, then gzip', 'zstd,identity , gzip', gzipSync(zstdOfText(text))],
  ])('%s is read', async (_, encoding, body) => {
    expect(await read(body, encoding)).toBe(text)
  })

  it.each(['br', 'deflate', 'gzip, br', 'gzip,gzip,gzip,gzip'])(
    '%s is refused and told what is read',
    async (encoding) => {
      await expect(read(Buffer.from(text), encoding)).rejects.toMatchObject({
        code: 'unsupported_media_type',
        details: { headers: { 'accept-encoding': 'gzip, zstd' } },
      })
    },
  )

  it.each([
    ['gzip', gzipSync(text)],
    ['zstd', zstdOfText(text)],
    ['gzip, zstd', zstdOfText(gzipSync(text))],
  ])('%s that is cut or no such data is refused', async (encoding, body) => {
    for (const bad of [body.subarray(0, body.length - 3), Buffer.from(text), Buffer.alloc(40)])
      await expect(read(bad, encoding)).rejects.toMatchObject({ code: 'not_parseable' })
  })

  it.each([
    ['gzip', gzipSync(Buffer.alloc(50_000_000))],
    ['zstd', zstdOfRuns(400, 128 * 1024)],
    ['zstd, gzip', gzipSync(zstdOfRuns(400, 128 * 1024))],
  ])('the bound holds for what %s inflates to', async (encoding, body) => {
    await expect(read(body, encoding)).rejects.toMatchObject({ code: 'too_large' })
  })
})
