import { CompressionType, compressionRegistry } from 'apache-arrow'
import { zstdInflater } from '@/lib/core/zstd'
import { inflateLz4 } from './lz4'
import { largestBatchBytes, tooLargeBatch } from './messages'

/** One buffer of a compressed record batch. Its own claim of how long it is is not believed. */
function inflateZstd(bytes: Uint8Array): Uint8Array {
  const inflater = zstdInflater()
  const parts: Uint8Array[] = []
  let size = 0
  for (const part of inflater.push(bytes)) {
    size += part.length
    if (size > largestBatchBytes) throw tooLargeBatch(size)
    parts.push(part)
  }
  inflater.end()
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
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: inflateLz4 })
  registered = true
}
