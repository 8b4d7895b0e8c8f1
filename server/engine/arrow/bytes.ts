/** Bytes that grow at their end and are used again after `clear`. */
export class Bytes {
  private held = new Uint8Array(1 << 12)
  length = 0

  /** Makes room for `count` more and returns the whole memory, to be written from `length` on. */
  reserve(count: number): Uint8Array {
    const wanted = this.length + count
    if (wanted > this.held.length) {
      const larger = new Uint8Array(Math.max(wanted, this.held.length * 2))
      larger.set(this.held.subarray(0, this.length))
      this.held = larger
    }
    return this.held
  }

  push(bytes: Uint8Array): void {
    this.reserve(bytes.length).set(bytes, this.length)
    this.length += bytes.length
  }

  /** What was written; good until the next write. */
  get written(): Uint8Array {
    return this.held.subarray(0, this.length)
  }

  clear(): void {
    this.length = 0
  }
}

/** Bits that grow at their end, the first in the lowest of a byte. */
export class Bits {
  private readonly bytes = new Bytes()
  length = 0

  push(bit: boolean): void {
    const at = this.length & 7
    const memory = this.bytes.reserve(1)
    const last = this.length >> 3
    if (at === 0) {
      memory[last] = 0
      this.bytes.length = last
    }
    if (bit) memory[last] = (memory[last] ?? 0) | (1 << at)
    this.length++
  }

  get written(): Uint8Array {
    return this.bytes.reserve(1).subarray(0, (this.length + 7) >> 3)
  }

  clear(): void {
    this.bytes.clear()
    this.length = 0
  }
}
