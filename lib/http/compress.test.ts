import * as zlib from 'node:zlib'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { chosenEncoding, compressed, encodedHeader } from './compress'

const hasZstd = 'zstdCompress' in zlib
const best = hasZstd ? 'zstd' : 'gzip'
const text = JSON.stringify({ data: Array.from({ length: 500 }, (_, id) => ({ id, name: 'a name' })) })
const json = { body: text, headers: { 'content-type': 'application/json' } }

describe('Accept-Encoding', () => {
  it.each([
    [null, null],
    ['', null],
    ['identity', null],
    ['br, deflate', null],
    ['gzip', 'gzip'],
    ['gzip;q=0', null],
    ['gzip;q=0, *', hasZstd ? 'zstd' : null],
    ['gzip, deflate, br, zstd', best],
    ['GZIP;q=0.5, br', 'gzip'],
    ['zstd;q=0.1, gzip;q=0.9', 'gzip'],
    ['*', best],
    ['*;q=0', null],
    ['identity, gzip;q=0.5', null],
    ['gzip;q=nonsense', null],
  ])('%s chooses %s', (accept, encoding) => {
    expect(chosenEncoding(accept)).toBe(encoding)
  })
})

describe('an answer', () => {
  it('is compressed where it pays and says what it depends on', async () => {
    const { body, headers } = await compressed('gzip', json)
    expect(headers).toEqual({
      'content-type': 'application/json',
      [encodedHeader]: 'gzip',
      vary: 'accept-encoding',
    })
    expect(body instanceof Uint8Array && gunzipSync(body).toString()).toBe(text)
    expect(body instanceof Uint8Array && body.length).toBeLessThan(text.length / 4)
  })

  it('says what it depends on when it is not', async () => {
    expect(await compressed(null, json)).toEqual({
      body: text,
      headers: { ...json.headers, vary: 'accept-encoding' },
    })
    const varied = { ...json, headers: { ...json.headers, vary: 'origin' } }
    expect((await compressed('br', varied)).headers.vary).toBe('origin, accept-encoding')
  })

  it.each([
    ['is small', { ...json, body: '{"a":1}' }],
    ['streams', { ...json, body: new ReadableStream<Uint8Array>() }],
    ['has an ETag', { ...json, headers: { ...json.headers, etag: '"1"' } }],
    ['is Parquet', { ...json, headers: { 'content-type': 'application/vnd.apache.parquet' } }],
    ['is Arrow', { ...json, headers: { 'content-type': 'application/vnd.apache.arrow.stream' } }],
    ['is of events', { ...json, headers: { 'content-type': 'text/event-stream' } }],
    ['has no body', { ...json, body: null }],
  ])('that %s goes as it is', async (_, answer) => {
    expect(await compressed('gzip, zstd', answer)).toEqual(answer)
  })

  it.runIf(hasZstd)('goes as zstd where Node has it', async () => {
    const { body, headers } = await compressed('gzip, zstd', json)
    expect(headers[encodedHeader]).toBe('zstd')
    const inflate = 'zstdDecompressSync' in zlib ? zlib.zstdDecompressSync : null
    expect(typeof inflate === 'function' && body instanceof Uint8Array && String(inflate(body))).toBe(text)
  })
})
