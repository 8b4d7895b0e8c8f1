import { DomainError } from '@/lib/core/errors'

const newline = 10
export const longestLineBytes = 16 * 1024 * 1024

const tooLong = (line: number) =>
  new DomainError('too_large', `Line ${line} is longer than ${longestLineBytes} bytes.`)

/** The lines of a body, as bytes without their line feed, in batches as they arrive. Empty lines are among them. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array[]> {
  let rest: Uint8Array[] = []
  let restBytes = 0
  let line = 1
  for await (const chunk of bytes) {
    const lines: Uint8Array[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      const piece = chunk.subarray(start, end)
      lines.push(rest.length === 0 ? piece : Buffer.concat([...rest, piece]))
      rest = []
      restBytes = 0
      start = end + 1
      line++
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start))
      restBytes += chunk.length - start
      if (restBytes > longestLineBytes) throw tooLong(line)
    }
    if (lines.length > 0) yield lines
  }
  if (rest.length > 0) yield [Buffer.concat(rest)]
}
