const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58])

const block = (isLast: boolean, type: number, size: number) => {
  const head = Buffer.alloc(3)
  head.writeUIntLE((size << 3) | (type << 1) | (isLast ? 1 : 0), 0, 3)
  return head
}

const mostBytes = 64 * 1024

/** A text as a zstd frame of blocks that are not compressed. */
export function zstdOfText(text: string | Uint8Array): Buffer {
  const bytes = Buffer.from(text)
  const blocks: Buffer[] = []
  for (let at = 0; at === 0 || at < bytes.length; at += mostBytes) {
    const own = bytes.subarray(at, at + mostBytes)
    blocks.push(block(at + mostBytes >= bytes.length, 0, own.length), own)
  }
  return Buffer.concat([header, ...blocks])
}

/** A frame of so many runs of one byte: each takes four bytes and inflates to `size`. */
export const zstdOfRuns = (runs: number, size: number): Buffer =>
  Buffer.concat([
    header,
    ...Array.from({ length: runs }, (_, index) =>
      Buffer.concat([block(index === runs - 1, 1, size), Buffer.from('a')]),
    ),
  ])
