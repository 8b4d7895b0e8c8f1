import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatOfAccept } from './answer-format'
import { boundaryOf, partsOf } from './multipart'

async function* pieces(body: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size)
}

async function partsIn(body: Buffer, size: number, skip = -1) {
  const found: { name: string; filename: string | null; contentType: string; text: string }[] = []
  let index = 0
  for await (const { bytes, ...part } of partsOf(pieces(body, size), 'b0')) {
    if (index++ === skip) continue
    const chunks: Uint8Array[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    found.push({ ...part, text: Buffer.concat(chunks).toString('latin1') })
  }
  return found
}

const bodyOf = (...texts: string[]) =>
  Buffer.from(
    `preamble\r\n${texts
      .map(
        (text, index) =>
          `--b0\r\nContent-Disposition: form-data; name="p${index}"; filename="f\\"${index}.csv"\r\nContent-Type: text/csv; charset=utf-8\r\n\r\n${text}\r\n`,
      )
      .join('')}--b0--\r\nepilogue`,
    'latin1',
  )

describe('partsOf', () => {
  it('finds every part whole, however the bytes are cut', async () => {
    const content = fc
      .array(fc.constantFrom('a', '\r', '\n', '-', '--b', '--b0', '\r\n--b', '\xff'), { maxLength: 20 })
      .map((list) => list.join(''))
    // What holds the mark itself is no content.
    const contents = fc.array(
      content.filter((text) => !`\r\n${text}`.includes('\r\n--b0')),
      { minLength: 1, maxLength: 3 },
    )
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 1, max: 40 }), async (texts, size) => {
        const found = await partsIn(bodyOf(...texts), size)
        expect(found).toEqual(
          texts.map((text, index) => ({
            name: `p${index}`,
            filename: `f"${index}.csv`,
            contentType: 'text/csv',
            text,
          })),
        )
      }),
    )
  })

  it('passes over a part that nobody reads', async () => {
    expect((await partsIn(bodyOf('one', 'two'), 7, 0)).map(({ text }) => text)).toEqual(['two'])
  })

  it('says that a body is broken', async () => {
    await expect(partsIn(bodyOf('one').subarray(0, 110), 9)).rejects.toMatchObject({ code: 'not_parseable' })
    await expect(partsIn(Buffer.from('nothing'), 3)).rejects.toMatchObject({ code: 'not_parseable' })
  })
})

describe('boundaryOf', () => {
  it.each([
    ['multipart/form-data; boundary=abc', 'abc'],
    ['Multipart/Form-Data; charset=x; boundary="a b"', 'a b'],
    ['application/json', null],
  ])('%s', (type, boundary) => expect(boundaryOf(type)).toBe(boundary))

  it('misses one', () => expect(() => boundaryOf('multipart/form-data')).toThrow('boundary'))
})

describe('formatOfAccept', () => {
  it.each([
    [null, 'json'],
    ['*/*', 'json'],
    ['text/csv', 'csv'],
    ['application/vnd.apache.parquet', 'parquet'],
    ['text/html, application/x-ndjson;q=0.9, */*;q=0.1', 'ndjson'],
    ['application/json;q=0.2, text/*', 'csv'],
  ])('%s', (accept, format) => expect(formatOfAccept(accept)).toBe(format))

  it('refuses what is not offered', () => {
    expect(() => formatOfAccept('application/xml, application/json;q=0')).toThrow('Offered')
  })
})
