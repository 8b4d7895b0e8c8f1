import { createHash } from 'node:crypto'

/** A body whose SHA-256 is taken as it flows. */
export interface HashedBody {
  bytes: () => AsyncGenerator<Uint8Array>
  /** Hex. Reads what nobody has read yet. */
  digest: () => Promise<string>
}

export function hashedBody(source: AsyncIterable<Uint8Array>): HashedBody {
  const hash = createHash('sha256')
  const iterator = source[Symbol.asyncIterator]()
  let result: string | null = null
  // By hand: a reader that stops early must not close the body, whose rest the hash still needs.
  async function* bytes(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const { done, value } = await iterator.next()
      if (done) return
      hash.update(value)
      yield value
    }
  }
  const digest = async (): Promise<string> => {
    if (result === null) {
      for await (const chunk of bytes()) void chunk
      result ??= hash.digest('hex')
    }
    return result
  }
  return { bytes, digest }
}
