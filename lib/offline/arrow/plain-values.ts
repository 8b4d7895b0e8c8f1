import { isUtf8 } from 'node:buffer'
import type { Data } from 'apache-arrow'
import type { Layout } from './leaf-type'
import { malformed } from './malformed'

/** Places of values in their buffers; null: all from `start` to `end`. */
export interface Cells {
  start: number
  end: number
  positions: Int32Array | null
}

/** A text that is not UTF-8, by its place in the buffers. */
export class NotText extends Error {
  constructor(readonly position: number) {
    super('not UTF-8')
  }
}

const bytesOf = (view: ArrayBufferView | undefined): Uint8Array =>
  view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(0)

export const countOf = ({ start, end, positions }: Cells): number => positions?.length ?? end - start

const positionAt = ({ start, positions }: Cells, index: number): number =>
  positions ? (positions[index] ?? 0) : start + index

/** The greatest place that is read, −1 for none. */
const lastOf = (cells: Cells): number => {
  const count = countOf(cells)
  return count === 0 ? -1 : positionAt(cells, count - 1)
}

function need(bytes: Uint8Array, size: number): void {
  if (bytes.length < size) throw malformed('a buffer is shorter than its column has values.')
}

function fixedWidth(source: Uint8Array, width: number, cells: Cells): Uint8Array {
  need(source, (lastOf(cells) + 1) * width)
  const { start, end, positions } = cells
  if (!positions) return source.slice(start * width, end * width)
  const out = new Uint8Array(positions.length * width)
  for (let i = 0; i < positions.length; i++) {
    const from = (positions[i] ?? 0) * width
    for (let byte = 0; byte < width; byte++) out[i * width + byte] = source[from + byte] ?? 0
  }
  return out
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function widened(source: Uint8Array, { from, signed, to }: Extract<Layout, { kind: 'widen' }>): Uint8Array {
  const count = source.length / from
  const out = new Uint8Array(count * to)
  const input = viewOf(source)
  const output = viewOf(out)
  for (let i = 0; i < count; i++) {
    if (from === 4) output.setUint32(i * to, input.getUint32(i * 4, true), true)
    else if (from === 2)
      output.setInt32(i * to, signed ? input.getInt16(i * 2, true) : input.getUint16(i * 2, true), true)
    else output.setInt32(i * to, signed ? input.getInt8(i) : input.getUint8(i), true)
  }
  return out
}

/** IEEE 754 binary16; every one of them is a float32. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function halves(source: Uint8Array): Uint8Array {
  const input = viewOf(source)
  const out = new Float32Array(source.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = halfToNumber(input.getUint16(i * 2, true))
  return bytesOf(out)
}

const year0 = -62_167_219_200
const year10000 = 253_402_300_800

/**
 * Instants as they are, seconds as milliseconds. One far outside the years 1 to 9999 becomes one just outside, so that
 * it is refused as such and overflows nothing on the way.
 */
function instants(values: Uint8Array, isSeconds: boolean, perSecond: number): Uint8Array {
  const view = viewOf(values)
  const least = Math.floor((year0 * perSecond) / 2 ** 32)
  const greatest = Math.floor((year10000 * perSecond) / 2 ** 32)
  for (let at = 0; at < values.length; at += 8) {
    const high = view.getInt32(at + 4, true)
    const isOutside = high < least || high > greatest
    if (!isSeconds && !isOutside) continue
    const seconds = high < least ? year0 : high > greatest ? year10000 : Number(view.getBigInt64(at, true))
    const bounded = Math.min(Math.max(seconds, year0), year10000)
    view.setBigInt64(at, BigInt(bounded) * BigInt(isSeconds ? 1000 : perSecond), true)
  }
  return values
}

/** Little-endian numbers as the big-endian ones of Parquet, in place. */
function reversed(values: Uint8Array, width: number): Uint8Array {
  for (let at = 0; at < values.length; at += width) values.subarray(at, at + width).reverse()
  return values
}

function packedBits(source: Uint8Array, cells: Cells): Uint8Array {
  need(source, (lastOf(cells) + 8) >> 3)
  const count = countOf(cells)
  const out = new Uint8Array((count + 7) >> 3)
  for (let i = 0; i < count; i++) {
    const at = positionAt(cells, i)
    if (((source[at >> 3] ?? 0) >> (at & 7)) & 1) out[i >> 3] = (out[i >> 3] ?? 0) | (1 << (i & 7))
  }
  return out
}

/** Where the bytes of one value lie. */
type Locate = (position: number) => { bytes: Uint8Array; from: number; to: number }

function located(data: Data, last: number): Locate {
  const offsets: Int32Array | BigInt64Array = data.valueOffsets
  const bytes = bytesOf(data.values)
  if (last >= 0 && offsets.length < last + 2) throw malformed('a buffer of offsets is too short.')
  return (position) => ({ bytes, from: Number(offsets[position]), to: Number(offsets[position + 1]) })
}

const inlineBytes = 12

function locatedViews(data: Data, last: number): Locate {
  const views = bytesOf(data.values)
  need(views, (last + 1) * 16)
  const view = viewOf(views)
  return (position) => {
    const at = position * 16
    const length = view.getInt32(at, true)
    if (length <= inlineBytes) return { bytes: views, from: at + 4, to: at + 4 + length }
    const bytes = data.variadicBuffers[view.getInt32(at + 8, true)] ?? new Uint8Array(0)
    const from = view.getInt32(at + 12, true)
    return { bytes, from, to: from + length }
  }
}

const locatedFixed = (data: Data, width: number, last: number): Locate => {
  const bytes = bytesOf(data.values)
  need(bytes, (last + 1) * width)
  return (position) => ({ bytes, from: position * width, to: (position + 1) * width })
}

/** BYTE_ARRAY: each value behind its length. A text that is not UTF-8 is thrown with its place. */
function byteArrays(locate: Locate, cells: Cells, isText: boolean): Uint8Array {
  const count = countOf(cells)
  let size = 0
  for (let i = 0; i < count; i++) {
    const { bytes, from, to } = locate(positionAt(cells, i))
    if (!(from >= 0 && to >= from && to <= bytes.length))
      throw malformed('a value lies outside of its buffer.')
    size += 4 + to - from
  }
  const out = new Uint8Array(size)
  const view = viewOf(out)
  let at = 0
  for (let i = 0; i < count; i++) {
    const position = positionAt(cells, i)
    const { bytes, from, to } = locate(position)
    view.setUint32(at, to - from, true)
    at += 4
    let isAscii = true
    for (let byte = from; byte < to; byte++) {
      const value = bytes[byte] ?? 0
      if (value > 127) isAscii = false
      out[at++] = value
    }
    if (isText && !isAscii && !isUtf8(bytes.subarray(from, to))) throw new NotText(position)
  }
  return out
}

/** The values of these cells as Parquet's PLAIN encoding. None of them may be null. */
export function plainValues(data: Data, layout: Layout, cells: Cells): Uint8Array {
  const last = lastOf(cells)
  const source = () => bytesOf(data.values)
  switch (layout.kind) {
    case 'copy':
      return fixedWidth(source(), layout.width, cells)
    case 'widen':
      return widened(fixedWidth(source(), layout.from, cells), layout)
    case 'half':
      return halves(fixedWidth(source(), 2, cells))
    case 'bits':
      return packedBits(source(), cells)
    case 'bytes':
      return byteArrays(located(data, last), cells, layout.isText)
    case 'views':
      return byteArrays(locatedViews(data, last), cells, layout.isText)
    case 'fixedBytes':
      return byteArrays(locatedFixed(data, layout.width, last), cells, false)
    case 'instant':
      return instants(fixedWidth(source(), 8, cells), layout.isSeconds, layout.perSecond)
    case 'decimal':
      return reversed(fixedWidth(source(), layout.width, cells), layout.width)
    case 'nothing':
      return new Uint8Array(0)
  }
}
