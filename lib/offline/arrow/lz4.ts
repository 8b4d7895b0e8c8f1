import { malformed } from './malformed'
import { largestBatchBytes, tooLargeBatch } from './messages'

const frameMagic = 0x184d2204

/** Output that grows as it is written; a match looks back into it, also into what earlier blocks wrote. */
class Output {
  bytes = new Uint8Array(64 * 1024)
  size = 0

  reserve(more: number): void {
    const needed = this.size + more
    if (needed > largestBatchBytes) throw tooLargeBatch(needed)
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.min(largestBatchBytes, Math.max(needed, 2 * this.bytes.length)))
    grown.set(this.bytes.subarray(0, this.size))
    this.bytes = grown
  }

  append(part: Uint8Array): void {
    this.reserve(part.length)
    this.bytes.set(part, this.size)
    this.size += part.length
  }

  /** A match may overlap what it writes: byte by byte. */
  repeat(offset: number, length: number): void {
    if (offset === 0 || offset > this.size) throw malformed('an lz4 block looks back too far.')
    this.reserve(length)
    const { bytes } = this
    for (let i = 0; i < length; i++) bytes[this.size + i] = bytes[this.size + i - offset] ?? 0
    this.size += length
  }
}

/** https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md */
function inflateBlock(block: Uint8Array, output: Output): void {
  let at = 0
  const byte = (): number => {
    const value = block[at++]
    if (value === undefined) throw malformed('an lz4 block breaks off.')
    return value
  }
  const lengthFrom = (nibble: number): number => {
    let length = nibble
    if (nibble === 15) for (let more = 255; more === 255; length += more) more = byte()
    return length
  }
  while (at < block.length) {
    const token = byte()
    const literals = lengthFrom(token >> 4)
    if (at + literals > block.length) throw malformed('an lz4 block breaks off.')
    output.append(block.subarray(at, at + literals))
    at += literals
    // The last sequence has no match.
    if (at === block.length) return
    const offset = byte() + byte() * 256
    output.repeat(offset, lengthFrom(token & 15) + 4)
  }
}

/** Bytes of the frame's header behind its magic. */
function headerBytes(flags: number): number {
  if (flags >> 6 !== 1) throw malformed('an lz4 frame is of no known version.')
  if (flags & 1) throw malformed('an lz4 frame needs a dictionary.')
  return 3 + (flags & 8 ? 8 : 0)
}

/** One buffer of a record batch that is compressed as an LZ4 frame (lz4_Frame_format.md); checksums are not looked at. */
export function inflateLz4(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const need = (size: number) => {
    if (at + size > bytes.length) throw malformed('an lz4 frame breaks off.')
  }
  let at = 0
  need(7)
  if (view.getUint32(0, true) !== frameMagic) throw malformed('a buffer is no lz4 frame.')
  const flags = view.getUint8(4)
  at = 4 + headerBytes(flags)
  const output = new Output()
  for (;;) {
    need(4)
    const head = view.getUint32(at, true)
    at += 4
    if (head === 0) break
    const size = head & 0x7fffffff
    need(size)
    const block = bytes.subarray(at, at + size)
    if (head >>> 31) output.append(block)
    else inflateBlock(block, output)
    at += size + (flags & 16 ? 4 : 0)
  }
  return output.bytes.slice(0, output.size)
}
