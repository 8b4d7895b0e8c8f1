import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { lengthHeader } from './compress'
import { fileReply } from './file-reply'
import type { Reply } from './reply'

const folder = mkdtempSync(join(tmpdir(), 'file-reply-'))
const path = join(folder, 'data.parquet')
const content = '0123456789'
writeFileSync(path, content)
afterAll(() => rmSync(folder, { recursive: true }))

const file = { path, name: 'x.parquet', bytes: 10, tag: 'abc', contentType: 'application/vnd.apache.parquet' }
const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  fileReply(file, { method, headers: new Headers(headers) })
const bodyOf = (reply: Reply) => new Response(reply.body).text()

describe('a file', () => {
  it('is sent whole, with what a client needs to ask for a part of it', async () => {
    const reply = ask()
    expect(reply.status).toBe(200)
    expect(reply.headers).toMatchObject({
      etag: '"abc"',
      'accept-ranges': 'bytes',
      [lengthHeader]: '10',
      'content-type': 'application/vnd.apache.parquet',
    })
    expect(await bodyOf(reply)).toBe(content)
  })

  it.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=4-', '456789', 'bytes 4-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-30', content, 'bytes 0-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=9-9', '9', 'bytes 9-9/10'],
  ])('answers %s', async (range, expected, told) => {
    const reply = ask({ range })
    expect([reply.status, reply.headers['content-range']]).toEqual([206, told])
    expect(reply.headers[lengthHeader]).toBe(String(expected.length))
    expect(await bodyOf(reply)).toBe(expected)
  })

  it.each(['bytes=', 'bytes=5-2', 'bytes=a-b', 'items=0-1', 'bytes=0-1,4-5', 'bytes=-'])(
    'is sent whole where %s says nothing',
    async (range) => {
      const reply = ask({ range })
      expect([reply.status, await bodyOf(reply)]).toEqual([200, content])
    },
  )

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('has no %s', (range) => {
    expect(() => ask({ range })).toThrow(
      expect.objectContaining({
        code: 'range_not_satisfiable',
        details: { headers: { 'content-range': 'bytes */10' } },
      }),
    )
  })

  it('is not sent again to whoever has it, and whole to whoever has another', async () => {
    expect(ask({ 'if-none-match': '"x", "abc"' })).toMatchObject({ status: 304, body: null })
    expect(ask({ 'if-none-match': '"x"' }).status).toBe(200)
    expect(ask({ range: 'bytes=0-1', 'if-range': '"abc"' }).status).toBe(206)
    expect(ask({ range: 'bytes=0-1', 'if-range': '"old"' }).status).toBe(200)
  })

  it('has headers without a body for HEAD', () => {
    const reply = ask({ range: 'bytes=0-1' }, 'HEAD')
    expect(reply).toMatchObject({ status: 206, body: null })
    expect(reply.headers[lengthHeader]).toBe('2')
  })
})
