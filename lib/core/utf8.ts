import { isUtf8 } from 'node:buffer'
import { DomainError } from './errors'

/** Bytes that are not UTF-8. `line` counts from 1; every line before it was passed on. */
export class NotUtf8 extends Error {
  constructor(readonly line: number) {
    super(`Line ${line} is not UTF-8 text.`)
    this.name = 'NotUtf8'
  }
}

/** How many of the last bytes begin a character that ends in the next chunk. */
export function openBytes(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0
    if (byte < 0x80) return 0
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (byte >= 0xc0) return back < length ? back : 0
  }
  return 0
}

const newlinesIn = (bytes: Uint8Array): number => {
  let count = 0
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) count++
  return count
}

/** The bytes before the first line that is not UTF-8; a line feed is never part of another character. */
function goodLines(bytes: Uint8Array): Uint8Array {
  let start = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end + 1
  }
  return bytes.subarray(0, start)
}

/** The text of UTF-8 bytes as they arrive, without a byte order mark. Throws NotUtf8 after the last good line. */
export async function* utf8Texts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let open: Uint8Array = new Uint8Array()
  let line = 1
  for await (const arrived of bytes) {
    const chunk = open.length === 0 ? arrived : Buffer.concat([open, arrived])
    open = chunk.subarray(chunk.length - openBytes(chunk))
    const whole = chunk.subarray(0, chunk.length - open.length)
    if (!isUtf8(whole)) {
      const good = goodLines(whole)
      yield decoder.decode(good, { stream: true })
      throw new NotUtf8(line + newlinesIn(good))
    }
    line += newlinesIn(whole)
    yield decoder.decode(whole, { stream: true })
  }
  if (open.length > 0) throw new NotUtf8(line)
}

/** The bytes of a text file while they are UTF-8. Errors: not_parseable naming the line. */
export async function* utf8File(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for await (const text of utf8Texts(bytes)) yield Buffer.from(text)
  } catch (cause) {
    if (!(cause instanceof NotUtf8)) throw cause
    const reason = `Line ${cause.line} of the file is not UTF-8 text.`
    const errors = [{ pointer: '', reason, rule: 'encoding', code: 'encoding' }]
    throw new DomainError('not_parseable', reason, { errors }, { cause })
  }
}
