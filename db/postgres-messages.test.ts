import { describe, expect, it } from 'vitest'
import { askMessages, Cells, errorText, messageReader, messageType } from './postgres-messages'

function message(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(type, 0)
  head.writeInt32BE(4 + content.length, 1)
  return Buffer.concat([head, content])
}

function dataRow(number: number, text: string): Buffer {
  const bytes = Buffer.from(text)
  const head = Buffer.alloc(14)
  head.writeInt16BE(2, 0)
  head.writeInt32BE(4, 2)
  head.writeInt32BE(number, 6)
  head.writeInt32BE(bytes.length, 10)
  return message(messageType.dataRow, Buffer.concat([head, bytes]))
}

describe('messages of PostgreSQL', () => {
  it('are read however the bytes are cut', () => {
    const texts = ['', 'über\x1f"a"', 'x'.repeat(300)]
    const stream = Buffer.concat([
      ...texts.map((text, at) => dataRow(at - 1, text)),
      message(messageType.ready, Buffer.from('I')),
    ])
    for (let length = 1; length <= stream.length; length++) {
      const seen: unknown[] = []
      const cells = new Cells()
      const read = messageReader((type, bytes, at) => {
        if (type !== messageType.dataRow) return void seen.push(type)
        cells.open(bytes, at)
        seen.push([cells.int4(), cells.text()])
      })
      for (let at = 0; at < stream.length; at += length) read(stream.subarray(at, at + length))
      expect(seen).toEqual([...texts.map((text, at) => [at - 1, text]), messageType.ready])
    }
  })

  it('ask with parameters of any length in bytes', () => {
    const bytes = askMessages([true, false])(['{"ü"}', ''])
    expect(bytes.toString('latin1', 0, 1)).toBe('B')
    const end = 1 + bytes.readInt32BE(1)
    expect(bytes.toString('latin1', end, end + 1)).toBe('E')
    expect(bytes.subarray(5, end)).toEqual(
      Buffer.concat([
        Buffer.from('\0read\0\0\0\0\x02\0\0\0\x06{"ü"}\0\0\0\0'),
        Buffer.from([0, 2, 0, 1, 0, 0]),
      ]),
    )
  })

  it('say why something is refused', () => {
    expect(errorText(Buffer.from('SERROR\0C22012\0Mdivision by zero\0\0'), 0)).toBe('division by zero')
  })
})
