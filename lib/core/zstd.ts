import { Decompress } from 'fzstd'

/** Bytes that are no zstd, or more than is read here. */
export class ZstdFault extends Error {
  override name = 'ZstdFault'
}

const frameMagic = 0xfd2fb528
/** What HTTP allows a frame to look back (RFC 9659). */
const largestWindowBytes = 8 * 1024 * 1024

/** What comes next: its length in bytes, and what follows it. Null while the bytes do not say so yet. */
type Part = { kind: 'header' | 'block' | 'checksum' | 'skipped'; size: number; isLast: boolean }

interface Frame {
  hasChecksum: boolean
}

/** The frame's header (RFC 8878, 3.1.1.1): its length, and whether a checksum ends the frame. */
function frameHeader(bytes: Buffer): { size: number; frame: Frame } | null {
  if (bytes.length < 6) return null
  const flags = bytes[4] ?? 0
  const isSingle = (flags & 32) !== 0
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0
  const size = 5 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes
  if (bytes.length < size) return null
  if (flags & 8) throw new ZstdFault('a reserved bit is set.')
  const at = size - sizeBytes
  const contentBytes =
    sizeBytes === 0 ? 0 : Number(littleEndian(bytes, at, sizeBytes)) + (sizeBytes === 2 ? 256 : 0)
  const descriptor = bytes[5] ?? 0
  const base = 2 ** (10 + (descriptor >> 3))
  const window = isSingle ? contentBytes : base + (base / 8) * (descriptor & 7)
  if (window > largestWindowBytes)
    throw new ZstdFault(
      `a frame looks back ${window} bytes; over HTTP it may look back ${largestWindowBytes}.`,
    )
  for (let i = 0; i < dictionaryBytes; i++)
    if (bytes[size - sizeBytes - 1 - i]) throw new ZstdFault('a frame needs a dictionary.')
  return { size, frame: { hasChecksum: (flags & 4) !== 0 } }
}

function littleEndian(bytes: Buffer, at: number, size: number): bigint {
  let value = 0n
  for (let i = size - 1; i >= 0; i--) value = value * 256n + BigInt(bytes[at + i] ?? 0)
  return value
}

function blockOf(bytes: Buffer): Part | null {
  if (bytes.length < 3) return null
  const head = bytes.readUIntLE(0, 3)
  const type = (head >> 1) & 3
  if (type === 3) throw new ZstdFault('a block is of no known kind.')
  // A run is one byte, whatever it inflates to.
  return { kind: 'block', size: 3 + (type === 1 ? 1 : head >> 3), isLast: (head & 1) === 1 }
}

/** Walks over the frames so that the decoder is given one block at a time: a block inflates to 128 KiB at most. */
function partReader() {
  let frame: Frame | null = null
  let awaitsChecksum = false
  const next = (bytes: Buffer): Part | null => {
    if (awaitsChecksum) return { kind: 'checksum', size: 4, isLast: true }
    if (frame) return blockOf(bytes)
    if (bytes.length < 8) return null
    const magic = bytes.readUInt32LE(0)
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f)
      return { kind: 'skipped', size: 8 + bytes.readUInt32LE(4), isLast: true }
    if (magic !== frameMagic) throw new ZstdFault('it does not begin as zstd does.')
    const header = frameHeader(bytes)
    if (!header) return null
    frame = header.frame
    return { kind: 'header', size: header.size, isLast: false }
  }
  const passed = ({ kind, isLast }: Part) => {
    awaitsChecksum = kind === 'block' && isLast && frame?.hasChecksum === true
    if (isLast && !awaitsChecksum) frame = null
  }
  return { next, passed, isBetweenFrames: () => frame === null && !awaitsChecksum }
}

/** Inflates zstd of any number of frames, piece by piece. */
export interface ZstdInflater {
  /** The bytes that these complete, in pieces of at most 128 KiB each. */
  push: (bytes: Uint8Array) => Generator<Uint8Array>
  /** Throws when the last frame is not whole. */
  end: () => void
}

export function zstdInflater(): ZstdInflater {
  const parts = partReader()
  const ready: Uint8Array[] = []
  const newDecoder = () => new Decompress((piece) => void (piece.length > 0 && ready.push(piece)))
  let decoder = newDecoder()
  let rest: Buffer = Buffer.alloc(0)
  let skip = 0
  let part: Part | null = null

  const feed = (bytes: Uint8Array, isEnd = false) => {
    try {
      decoder.push(bytes, isEnd)
    } catch (cause) {
      throw new ZstdFault(`${cause instanceof Error ? cause.message : cause}.`, { cause })
    }
  }
  function* push(bytes: Uint8Array): Generator<Uint8Array> {
    rest =
      rest.length === 0
        ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
        : Buffer.concat([rest, bytes])
    for (;;) {
      const skipped = Math.min(skip, rest.length)
      skip -= skipped
      rest = rest.subarray(skipped)
      part ??= skip > 0 ? null : parts.next(rest)
      if (!part) return
      if (part.kind === 'skipped') skip = part.size
      else if (rest.length < part.size) return
      else {
        feed(rest.subarray(0, part.size))
        rest = rest.subarray(part.size)
      }
      parts.passed(part)
      if (part.kind !== 'skipped' && parts.isBetweenFrames()) {
        // The decoder holds back a frame of a few bytes until it is told that nothing follows.
        feed(new Uint8Array(0), true)
        decoder = newDecoder()
      }
      part = null
      yield* ready.splice(0)
    }
  }
  const end = () => {
    if (rest.length > 0 || skip > 0 || !parts.isBetweenFrames()) throw new ZstdFault('it breaks off.')
  }
  return { push, end }
}
