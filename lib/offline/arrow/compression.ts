import { CompressionType, compressionRegistry } from 'apache-arrow'
import { Decompress } from 'fzstd'
import { DomainError } from '@/lib/core/errors'

const largestBufferBytes = 256 * 1024 * 1024

/** One buffer of a compressed record batch. Its own claim of how long it is is not believed. */
function inflateZstd(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let size = 0
  const stream = new Decompress((chunk) => {
    size += chunk.length
    if (size > largestBufferBytes)
      throw new DomainError(
        'too_large',
        `A column of a record batch inflates to over ${largestBufferBytes} bytes.`,
      )
    parts.push(chunk)
  })
  stream.push(bytes, true)
  // Numbers in it are read in place: its memory begins at its byte 0.
  const out = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

let registered = false

/** Arrow's reader asks its registry, which is one for the process. */
export function registerCodecs(): void {
  if (registered) return
  compressionRegistry.set(CompressionType.ZSTD, { decode: inflateZstd })
  registered = true
}
