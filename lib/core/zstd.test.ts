import { describe, expect, it } from 'vitest'
import { ZstdFault, zstdInflater } from './zstd'
import { zstdOfRuns, zstdOfText } from './zstd.testing'

function inflated(bytes: Uint8Array, pieceBytes = bytes.length): Buffer {
  const inflater = zstdInflater()
  const out: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes)
    out.push(...inflater.push(bytes.subarray(at, at + pieceBytes)))
  inflater.end()
  return Buffer.concat(out)
}

describe('zstdInflater', () => {
  // `printf 'almanac %.0s' {1..40} | zstd -19`
  const compressed = Buffer.from('KLUv/QRofQAAQGFsbWFuYWMgAQA11csFUBi+5A==', 'base64')

  it('inflates frames, also cut anywhere and one after the other', () => {
    const text = 'almanac '.repeat(40)
    for (const size of [1, 2, 7, 1000]) {
      expect(inflated(compressed, size).toString()).toBe(text)
      expect(inflated(Buffer.concat([compressed, zstdOfText('and more'), compressed]), size).toString()).toBe(
        `${text}and more${text}`,
      )
    }
  })

  it('passes over what is to be skipped', () => {
    const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]), Buffer.from('abc')])
    expect(inflated(Buffer.concat([skippable, zstdOfText('x'), skippable]), 1).toString()).toBe('x')
    expect(inflated(Buffer.alloc(0)).length).toBe(0)
  })

  it('refuses what breaks off anywhere', () => {
    for (let size = 1; size < compressed.length; size++)
      expect(() => inflated(compressed.subarray(0, size)), `cut at ${size}`).toThrow(ZstdFault)
  })

  it.each([
    ['text', Buffer.from('{"rows":[]}')],
    ['a broken block', Buffer.concat([compressed.subarray(0, 9), Buffer.alloc(30, 255)])],
    ['a window of a gigabyte', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 20 << 3, 1, 0, 0])],
    ['a dictionary', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 1, 0, 0])],
  ])('refuses %s', (_, bytes) => {
    expect(() => inflated(bytes)).toThrow(ZstdFault)
  })

  it('gives what a few bytes inflate to in small pieces, so that a reader can stop', () => {
    const bomb = zstdOfRuns(10_000, 128 * 1024)
    const pieces = zstdInflater().push(bomb)
    const first = pieces.next().value
    expect(first?.length).toBe(128 * 1024)
    expect(bomb.length).toBeLessThan(50_000)
  })
})
