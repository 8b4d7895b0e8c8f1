/** Something in a body is not in its plain form: the body goes to the decoder that knows every form. */
export class Doubt extends Error {}

/** Takes rows apart while the bytes of a body arrive. Throws Doubt, and what the decoder throws for the same header. */
export interface CellScanner {
  push: (chunk: Uint8Array) => void
  end: () => void
}

const newline = 10
const zero = 48

/** The staged text of rows as it grows. `full` takes it piece by piece; `endsFile` where a file has all its rows. */
export class StagedText {
  bytes = Buffer.allocUnsafe(1 << 18)
  length = 0
  /** Rows that are complete. */
  rows = 0

  constructor(
    private readonly rowsAFile: number,
    private readonly full: (text: Uint8Array, rows: number, endsFile: boolean) => void,
  ) {}

  /** Makes room: what is written next is not looked at. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.length + more, this.bytes.length * 2))
    this.bytes.copy(larger, 0, 0, this.length)
    this.bytes = larger
  }

  byte(value: number): void {
    this.bytes[this.length++] = value
  }

  /** Cells are short: a call of the runtime would cost more than the loop. */
  copy(from: Uint8Array, start: number, end: number): void {
    const { bytes } = this
    let { length } = this
    for (let i = start; i < end; i++) bytes[length++] = from[i] ?? 0
    this.length = length
  }

  /** The number of the row that is being written, in up to 16 bytes. */
  rowNumber(): void {
    let rest = this.rows + 1
    let digits = 1
    for (let bound = 10; bound <= rest; bound *= 10) digits++
    for (let at = this.length + digits - 1; at >= this.length; at--) {
      this.bytes[at] = zero + (rest % 10)
      rest = Math.floor(rest / 10)
    }
    this.length += digits
  }

  endRow(): void {
    this.bytes[this.length++] = newline
    this.rows++
    if (this.rows % this.rowsAFile === 0) this.flush(true)
  }

  flush(endsFile: boolean): void {
    if (this.length === 0 && !endsFile) return
    this.full(this.bytes.subarray(0, this.length), this.rows, endsFile)
    this.bytes = Buffer.allocUnsafe(this.bytes.length)
    this.length = 0
  }
}
