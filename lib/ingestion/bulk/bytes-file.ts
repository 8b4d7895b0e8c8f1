import { open } from 'node:fs/promises'
import { stagingPath } from '../staging'

const flushBytes = 1 << 20

/** A staged file of bytes, written in large pieces. */
export interface BytesFile {
  path: string
  write: (bytes: Uint8Array) => Promise<void> | undefined
  /** May be called again. */
  close: () => Promise<void>
}

export async function openBytesFile(extension: string): Promise<BytesFile> {
  const path = await stagingPath(extension)
  const handle = await open(path, 'wx')
  let waiting: Uint8Array[] = []
  let size = 0
  let isOpen = true
  const flush = async () => {
    const all = waiting
    waiting = []
    size = 0
    for (const bytes of all.length > 1 ? [Buffer.concat(all)] : all) await handle.writeFile(bytes)
  }
  return {
    path,
    write: (bytes) => {
      waiting.push(bytes)
      size += bytes.length
      return size >= flushBytes ? flush() : undefined
    },
    close: async () => {
      if (!isOpen) return
      isOpen = false
      await flush()
      await handle.close()
    },
  }
}
