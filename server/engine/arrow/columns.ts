import { DuckDBBlobVector, DuckDBListVector, type DuckDBVector } from '@duckdb/node-api'
import { BufferType, Data, type DataType } from 'apache-arrow'
import type { FeatureType } from '@/lib/core/feature-type'
import { Bits, Bytes } from './bytes'
import { arrowType } from './types'
import { fixedBytes, isPresent, validityOf, viewOf } from './vector'

/** One column of the batch that is being filled. */
export abstract class ArrowColumn {
  protected readonly present = new Bits()
  protected nullCount = 0

  constructor(protected readonly type: DataType) {}

  /** Appends rows of a vector; nulls take a zeroed place, so that nothing of other rows is sent in it. */
  abstract append(vector: DuckDBVector, start: number, count: number): void
  /** How many bytes the column's values have. */
  abstract get byteLength(): number
  protected abstract buffers(): Record<number, ArrayBufferView>
  protected abstract reset(): void

  /** What was appended; good until `clear`. */
  data(): Data {
    const buffers = { ...this.buffers(), [BufferType.VALIDITY]: this.present.written }
    return new Data(this.type, 0, this.present.length, this.nullCount, buffers, this.children())
  }

  clear(): void {
    this.present.clear()
    this.nullCount = 0
    this.reset()
  }

  protected children(): Data[] {
    return []
  }

  /** Notes which rows are present, and calls for each that is not. */
  protected note(vector: DuckDBVector, start: number, count: number, onNull?: (index: number) => void): void {
    const bits = validityOf(vector)
    for (let index = 0; index < count; index++) {
      const isThere = bits === null || isPresent(bits, start + index)
      this.present.push(isThere)
      if (isThere) continue
      this.nullCount++
      onNull?.(index)
    }
  }
}

type View = (bytes: Uint8Array) => ArrayBufferView

/** Numbers, dates and times: the engine's memory is Arrow's. */
class FixedColumn extends ArrowColumn {
  private readonly bytes = new Bytes()

  constructor(
    type: DataType,
    private readonly width: number,
    private readonly view: View,
  ) {
    super(type)
  }

  append(vector: DuckDBVector, start: number, count: number): void {
    const { width, bytes } = this
    const before = bytes.length
    bytes.push(fixedBytes(vector).subarray(start * width, (start + count) * width))
    const written = bytes.written
    this.note(vector, start, count, (index) => {
      written.fill(0, before + index * width, before + (index + 1) * width)
    })
  }

  get byteLength(): number {
    return this.bytes.length
  }

  protected buffers(): Record<number, ArrayBufferView> {
    return { [BufferType.DATA]: this.view(this.bytes.written) }
  }

  protected reset(): void {
    this.bytes.clear()
  }
}

class BooleanColumn extends ArrowColumn {
  private readonly bits = new Bits()

  append(vector: DuckDBVector, start: number, count: number): void {
    const view = viewOf(vector)
    const validity = validityOf(vector)
    for (let row = start; row < start + count; row++)
      this.bits.push((validity === null || isPresent(validity, row)) && view.getUint8(row) !== 0)
    this.note(vector, start, count)
  }

  get byteLength(): number {
    return this.bits.length >> 3
  }

  protected buffers(): Record<number, ArrayBufferView> {
    return { [BufferType.DATA]: this.bits.written }
  }

  protected reset(): void {
    this.bits.clear()
  }
}

/** The engine keeps a decimal in 2 to 16 bytes, Arrow in 16. */
class DecimalColumn extends ArrowColumn {
  private readonly bytes = new Bytes()

  append(vector: DuckDBVector, start: number, count: number): void {
    const view = viewOf(vector)
    const width = view.byteLength / vector.itemCount
    const before = this.bytes.length
    this.bytes.reserve(count * 16)
    this.bytes.length += count * 16
    const { written } = this.bytes
    const target = new DataView(written.buffer, written.byteOffset + before, count * 16)
    for (let index = 0; index < count; index++) {
      const { low, high } = widened(view, (start + index) * width, width)
      target.setBigInt64(index * 16, low, true)
      target.setBigInt64(index * 16 + 8, high, true)
    }
    this.note(vector, start, count, (index) =>
      written.fill(0, before + index * 16, before + (index + 1) * 16),
    )
  }

  get byteLength(): number {
    return this.bytes.length
  }

  protected buffers(): Record<number, ArrayBufferView> {
    return { [BufferType.DATA]: words(this.bytes.written) }
  }

  protected reset(): void {
    this.bytes.clear()
  }
}

function widened(view: DataView, at: number, width: number): { low: bigint; high: bigint } {
  if (width === 16) return { low: view.getBigInt64(at, true), high: view.getBigInt64(at + 8, true) }
  const low =
    width === 8
      ? view.getBigInt64(at, true)
      : BigInt(width === 4 ? view.getInt32(at, true) : view.getInt16(at, true))
  return { low, high: low < 0n ? -1n : 0n }
}

/** Texts and bytes, both as the engine's BLOB. */
class BinaryColumn extends ArrowColumn {
  private readonly bytes = new Bytes()
  private readonly offsets = new Offsets()

  append(vector: DuckDBVector, start: number, count: number): void {
    if (!(vector instanceof DuckDBBlobVector)) throw new TypeError('A column of texts was expected as BLOB')
    const view = viewOf(vector)
    const validity = validityOf(vector)
    for (let row = start; row < start + count; row++) {
      if (validity === null || isPresent(validity, row)) this.pushCell(vector, view, row)
      this.offsets.push(this.bytes.length)
    }
    this.note(vector, start, count)
  }

  /** The engine keeps up to 12 bytes beside their length; longer ones lie elsewhere. */
  private pushCell(vector: DuckDBBlobVector, view: DataView, row: number): void {
    const length = view.getUint32(row * 16, true)
    if (length <= 12) {
      const memory = this.bytes.reserve(length)
      for (let i = 0; i < length; i++) memory[this.bytes.length + i] = view.getUint8(row * 16 + 4 + i)
      this.bytes.length += length
    } else {
      const cell = vector.getItemBytes(row)
      if (cell) this.bytes.push(cell)
    }
  }

  get byteLength(): number {
    return this.bytes.length
  }

  protected buffers(): Record<number, ArrayBufferView> {
    return { [BufferType.OFFSET]: this.offsets.written, [BufferType.DATA]: this.bytes.written }
  }

  protected reset(): void {
    this.bytes.clear()
    this.offsets.clear()
  }
}

class ListColumn extends ArrowColumn {
  private readonly offsets = new Offsets()

  constructor(
    type: DataType,
    private readonly items: ArrowColumn,
  ) {
    super(type)
  }

  append(vector: DuckDBVector, start: number, count: number): void {
    if (!(vector instanceof DuckDBListVector)) throw new TypeError('A column of lists was expected')
    const validity = validityOf(vector)
    for (let row = start; row < start + count; row++) {
      const isThere = validity === null || isPresent(validity, row)
      const length = isThere ? vector.getEntryLength(row) : 0
      if (length > 0) this.items.append(vector.childVector, vector.getEntryOffset(row), length)
      this.offsets.push(this.offsets.last + length)
    }
    this.note(vector, start, count)
  }

  get byteLength(): number {
    return this.items.byteLength
  }

  protected buffers(): Record<number, ArrayBufferView> {
    return { [BufferType.OFFSET]: this.offsets.written }
  }

  protected override children(): Data[] {
    return [this.items.data()]
  }

  protected reset(): void {
    this.offsets.clear()
    this.items.clear()
  }
}

/** Where each value begins, and the last one ends. */
class Offsets {
  private held = new Int32Array(1 << 12)
  private count = 1
  last = 0

  push(end: number): void {
    if (this.count === this.held.length) {
      const larger = new Int32Array(this.held.length * 2)
      larger.set(this.held)
      this.held = larger
    }
    this.held[this.count++] = end
    this.last = end
  }

  get written(): Int32Array {
    return this.held.subarray(0, this.count)
  }

  clear(): void {
    this.count = 1
    this.last = 0
  }
}

const words: View = ({ buffer, byteOffset, byteLength }) =>
  new Uint32Array(buffer, byteOffset, byteLength >> 2)
const ints: View = ({ buffer, byteOffset, byteLength }) => new Int32Array(buffer, byteOffset, byteLength >> 2)
const longs: View = ({ buffer, byteOffset, byteLength }) =>
  new BigInt64Array(buffer, byteOffset, byteLength >> 3)
const floats: View = ({ buffer, byteOffset, byteLength }) =>
  new Float32Array(buffer, byteOffset, byteLength >> 2)
const doubles: View = ({ buffer, byteOffset, byteLength }) =>
  new Float64Array(buffer, byteOffset, byteLength >> 3)

/** An empty column for values of a type, which come as `arrowSource` casts them. */
export function arrowColumn(type: FeatureType): ArrowColumn {
  const target = arrowType(type)
  switch (type.kind) {
    case 'bool':
      return new BooleanColumn(target)
    case 'int32':
    case 'date':
      return new FixedColumn(target, 4, ints)
    case 'float32':
      return new FixedColumn(target, 4, floats)
    case 'int64':
    case 'timestamp':
      return new FixedColumn(target, 8, longs)
    case 'float64':
      return new FixedColumn(target, 8, doubles)
    case 'decimal':
      return new DecimalColumn(target)
    case 'string':
    case 'json':
    case 'bytes':
      return new BinaryColumn(target)
    case 'array':
      return new ListColumn(target, arrowColumn(type.element))
    case 'embedding':
      return new ListColumn(target, arrowColumn({ kind: 'float32' }))
  }
}
