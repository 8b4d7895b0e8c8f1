import { type Data, DataType, type Field } from 'apache-arrow'
import { dictionaryReader } from './dictionary'
import { type Leaf, leafOf } from './leaf-type'
import { checkLength, malformed } from './malformed'
import type { FileColumn, Page } from './parquet-file'
import { type Cells, plainValues } from './plain-values'

/** One Arrow column on its way into the file. */
export interface ColumnPages {
  file: FileColumn
  /** The page of rows [start, end); start is a multiple of 8. */
  page: (data: Data, start: number, end: number) => Page
}

interface Reader {
  presence: (data: Data) => Uint8Array | null
  values: (data: Data, cells: Cells) => Uint8Array
}

interface Shape {
  depth: number
  leaf: Leaf
  reader: Reader
}

const isList = (type: DataType) =>
  DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type)

const plainReader = (leaf: Leaf): Reader => ({
  presence: (data) => (data.nullBitmap.length > 0 ? data.nullBitmap : null),
  values: (data, cells) => plainValues(data, leaf.layout, cells),
})

const nothingReader: Reader = {
  presence: ({ length }) => new Uint8Array((length + 7) >> 3),
  values: () => new Uint8Array(0),
}

function readerOf(type: DataType): { leaf: Leaf; reader: Reader } | null {
  const leaf = leafOf(DataType.isDictionary(type) ? type.dictionary : type)
  if (!leaf) return null
  if (leaf.layout.kind === 'nothing') return { leaf, reader: nothingReader }
  if (!DataType.isDictionary(type)) return { leaf, reader: plainReader(leaf) }
  return leaf.layout.kind === 'bits' ? null : { leaf, reader: dictionaryReader(leaf) }
}

function shapeOf(type: DataType): Shape | null {
  if (isList(type)) {
    const element = type.children?.[0]?.type
    const inner = element ? shapeOf(element) : null
    return inner && { ...inner, depth: inner.depth + 1 }
  }
  const found = readerOf(type)
  return found && { depth: 0, ...found }
}

const isSet = (bitmap: Uint8Array | null, index: number): boolean =>
  bitmap === null || (((bitmap[index >> 3] ?? 0) >> (index & 7)) & 1) === 1

function varint(value: number): number[] {
  const out: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128)
  return [...out, rest]
}

const withLength = (bytes: Uint8Array): Uint8Array => {
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** Levels all the same: one run of the RLE/bit-packing hybrid. */
const sameLevels = (level: number, count: number) =>
  withLength(Uint8Array.from([...varint(count * 2), level]))

/** Levels bit-packed in one run; `width` bits each. */
function packedLevels(levels: Uint8Array, width: number): Uint8Array {
  const groups = (levels.length + 7) >> 3
  const head = varint(groups * 2 + 1)
  const out = new Uint8Array(head.length + groups * width)
  out.set(head)
  let bit = head.length * 8
  for (const level of levels) {
    for (let i = 0; i < width; i++, bit++) {
      if ((level >> i) & 1) out[bit >> 3] = (out[bit >> 3] ?? 0) | (1 << (bit & 7))
    }
  }
  return withLength(out)
}

function bitmapLevels(bitmap: Uint8Array, start: number, end: number): Uint8Array {
  const bytes = bitmap.subarray(start >> 3, (end + 7) >> 3)
  return withLength(Buffer.concat([Uint8Array.from(varint(bytes.length * 2 + 1)), bytes]))
}

function checkBitmap(bitmap: Uint8Array | null, { length }: Data): Uint8Array | null {
  if (bitmap && bitmap.length < (length + 7) >> 3)
    throw malformed('a validity bitmap is shorter than its column.')
  return bitmap
}

function flatPage({ reader }: Shape, data: Data, start: number, end: number): Page {
  const bitmap = checkBitmap(reader.presence(data), data)
  if (!bitmap) {
    const values = reader.values(data, { start, end, positions: null })
    return { levels: end - start, bytes: Buffer.concat([sameLevels(1, end - start), values]) }
  }
  const positions = new Int32Array(end - start)
  let count = 0
  for (let i = start; i < end; i++) if (isSet(bitmap, i)) positions[count++] = i
  const values = reader.values(data, { start, end, positions: positions.subarray(0, count) })
  return { levels: end - start, bytes: Buffer.concat([bitmapLevels(bitmap, start, end), values]) }
}

/** First and last child of each list. */
function rangesOf(data: Data): (index: number) => [from: number, to: number] {
  const child = data.children[0]
  if (!child) throw malformed('a list has no child.')
  if (DataType.isFixedSizeList(data.type)) {
    const { listSize } = data.type
    if (!(listSize >= 0)) throw malformed('a list has a negative size.')
    if (child.length < data.length * listSize) throw malformed('the child of a list is too short.')
    return (index) => [index * listSize, (index + 1) * listSize]
  }
  const offsets: Int32Array | BigInt64Array = data.valueOffsets
  if (data.length > 0 && offsets.length < data.length + 1)
    throw malformed('a buffer of offsets is too short.')
  return (index) => {
    const from = Number(offsets[index])
    const to = Number(offsets[index + 1])
    if (!(from >= 0 && to >= from && to <= child.length)) throw malformed('a list lies outside of its child.')
    return [from, to]
  }
}

interface Level {
  presence: Uint8Array | null
  rangeOf: (index: number) => [number, number]
}

/** Repetition and definition levels of lists (Dremel), and the places of the leaf's values that are there. */
function shredded({ depth, reader }: Shape, data: Data, start: number, end: number) {
  const lists: Level[] = []
  let leaf = data
  for (let level = 0; level < depth; level++) {
    const presence = checkBitmap(leaf.nullBitmap.length > 0 ? leaf.nullBitmap : null, leaf)
    lists.push({ presence, rangeOf: rangesOf(leaf) })
    leaf = leaf.children[0] ?? leaf
  }
  checkLength(leaf)
  const present = checkBitmap(reader.presence(leaf), leaf)
  const repetitions: number[] = []
  const definitions: number[] = []
  const positions: number[] = []
  const visit = (level: number, index: number, repetition: number): void => {
    const list = lists[level]
    const isThere = isSet(list ? list.presence : present, index)
    const [from, to] = list && isThere ? list.rangeOf(index) : [0, 0]
    if (!list || from === to) {
      repetitions.push(repetition)
      definitions.push(2 * level + (isThere ? 1 : 0))
      if (!list && isThere) positions.push(index)
      return
    }
    for (let child = from; child < to; child++)
      visit(level + 1, child, child === from ? repetition : level + 1)
  }
  for (let row = start; row < end; row++) visit(0, row, 0)
  return { leaf, repetitions, definitions, positions }
}

const bitsFor = (greatest: number) => 32 - Math.clz32(greatest)

function listPage(shape: Shape, data: Data, start: number, end: number): Page {
  const { leaf, repetitions, definitions, positions } = shredded(shape, data, start, end)
  const cells = { start: 0, end: 0, positions: Int32Array.from(positions) }
  return {
    levels: definitions.length,
    bytes: Buffer.concat([
      packedLevels(Uint8Array.from(repetitions), bitsFor(shape.depth)),
      packedLevels(Uint8Array.from(definitions), bitsFor(2 * shape.depth + 1)),
      shape.reader.values(leaf, cells),
    ]),
  }
}

/** The pages of a column; null for a type that no feature can be made of. */
export function columnPages({ name, type }: Field): ColumnPages | null {
  const shape = shapeOf(type)
  if (!shape) return null
  const page = shape.depth === 0 ? flatPage : listPage
  return {
    file: { name, depth: shape.depth, leaf: shape.leaf.type },
    page: (data, start, end) => page(shape, data, start, end),
  }
}

/** A column of nulls in the place of one that is not wanted and cannot be written. */
export const absentColumn = (name: string): ColumnPages => ({
  file: { name, depth: 0, leaf: { physical: 1 } },
  page: (_data, start, end) => ({ levels: end - start, bytes: sameLevels(0, end - start) }),
})
