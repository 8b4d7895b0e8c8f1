import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NotUtf8, utf8Texts } from './utf8'

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Buffer, size: number): Promise<{ text: string; error: unknown }> {
  let text = ''
  try {
    for await (const piece of utf8Texts(cut(bytes, size))) text += piece
    return { text, error: null }
  } catch (error) {
    return { text, error }
  }
}

const sizes = fc.integer({ min: 1, max: 12 })

describe('utf8Texts', () => {
  it('passes on every text, however it is cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '\n', 'é', '€', '😀', '\ufeff') })
    await fc.assert(
      fc.asyncProperty(text, sizes, async (given, size) => {
        expect(await read(Buffer.from(given), size)).toEqual({
          text: given.replace(/^\ufeff/, ''),
          error: null,
        })
      }),
    )
  })

  it.each([
    ['a byte that begins nothing', [0xff]],
    ['a character that breaks off', [0xe2, 0x82]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a continuation alone', [0x80]],
  ])('names the line of %s and passes on those before it', async (_, bad) => {
    const bytes = Buffer.concat([
      Buffer.from('één\nzwei\ndrei '),
      Buffer.from(bad),
      Buffer.from(' x\nvier\n'),
    ])
    await fc.assert(
      fc.asyncProperty(sizes, async (size) => {
        const { text, error } = await read(bytes, size)
        expect(error).toEqual(new NotUtf8(3))
        expect(text.startsWith('één\nzwei\n')).toBe(true)
      }),
    )
  })

  it('refuses a text that ends within a character', async () => {
    expect(await read(Buffer.from('a\n€').subarray(0, -1), 2)).toEqual({ text: 'a\n', error: new NotUtf8(2) })
  })
})
