import { type FileHandle, open } from 'node:fs/promises'
import { type ThriftStruct, thriftBytes } from './thrift'

/** Parquet's own numbers of its physical types. */
export const physical = {
  boolean: 0,
  int32: 1,
  int64: 2,
  float: 4,
  double: 5,
  byteArray: 6,
  fixed: 7,
} as const

/** How a leaf's values stand in the file. */
export interface LeafType {
  physical: number
  /** Bytes of a `fixed` value. */
  length?: number
  /** Parquet's ConvertedType. */
  converted?: number
  scale?: number
  precision?: number
  /** An instant in nanoseconds, which no ConvertedType says. */
  nanoseconds?: boolean
}

/** A column: `depth` lists around its leaf. Every level of it may be null. */
export interface FileColumn {
  name: string
  depth: number
  leaf: LeafType
}

/** Values of one column for some rows, encoded: repetition and definition levels, then the values as PLAIN. */
export interface Page {
  levels: number
  bytes: Uint8Array
}

export interface ParquetFile {
  /** One page a column, all of the same rows. */
  add: (rows: number, pages: Page[]) => Promise<void>
  /** Writes what is left and the footer. */
  close: () => Promise<void>
  /** Closes without a footer: the file is worth nothing. */
  abandon: () => Promise<void>
}

const optional = 1
const repeated = 2
const listType = 3

const leafElement = (name: string, leaf: LeafType): ThriftStruct => ({
  1: { i32: leaf.physical },
  2: leaf.length === undefined ? undefined : { i32: leaf.length },
  3: { i32: optional },
  4: { text: name },
  6: leaf.converted === undefined ? undefined : { i32: leaf.converted },
  7: leaf.scale === undefined ? undefined : { i32: leaf.scale },
  8: leaf.precision === undefined ? undefined : { i32: leaf.precision },
  // LogicalType.TIMESTAMP, not adjusted, in nanoseconds: of an adjusted one the engine would cut digits.
  10: leaf.nanoseconds
    ? { struct: { 8: { struct: { 1: { bool: false }, 2: { struct: { 3: { struct: {} } } } } } } }
    : undefined,
})

function elementsOf({ name, depth, leaf }: FileColumn): ThriftStruct[] {
  const elements: ThriftStruct[] = []
  for (let level = 0; level < depth; level++) {
    elements.push(
      {
        3: { i32: optional },
        4: { text: level === 0 ? name : 'element' },
        5: { i32: 1 },
        6: { i32: listType },
      },
      { 3: { i32: repeated }, 4: { text: 'list' }, 5: { i32: 1 } },
    )
  }
  return [...elements, leafElement(depth === 0 ? name : 'element', leaf)]
}

const pathOf = ({ name, depth }: FileColumn): string[] => [
  name,
  ...Array.from({ length: depth }, () => ['list', 'element']).flat(),
]

const pageHeader = ({ levels, bytes }: Page): Uint8Array =>
  thriftBytes({
    1: { i32: 0 },
    2: { i32: bytes.length },
    3: { i32: bytes.length },
    5: { struct: { 1: { i32: levels }, 2: { i32: 0 }, 3: { i32: 3 }, 4: { i32: 3 } } },
  })

interface Chunk {
  offset: number
  size: number
  levels: number
}

const chunkStruct = (column: FileColumn, { offset, size, levels }: Chunk): ThriftStruct => ({
  2: { i64: offset },
  3: {
    struct: {
      1: { i32: column.leaf.physical },
      2: { i32s: [0, 3] },
      3: { texts: pathOf(column) },
      4: { i32: 0 },
      5: { i64: levels },
      6: { i64: size },
      7: { i64: size },
      9: { i64: offset },
    },
  },
})

const magic = Buffer.from('PAR1')

function footer(columns: FileColumn[], groups: { rows: number; chunks: Chunk[] }[]): Uint8Array {
  const rows = groups.reduce((sum, group) => sum + group.rows, 0)
  const meta = thriftBytes({
    1: { i32: 1 },
    2: { structs: [{ 4: { text: 'schema' }, 5: { i32: columns.length } }, ...columns.flatMap(elementsOf)] },
    3: { i64: rows },
    4: {
      structs: groups.map((group) => ({
        1: {
          structs: group.chunks.flatMap((chunk, i) => (columns[i] ? [chunkStruct(columns[i], chunk)] : [])),
        },
        2: { i64: group.chunks.reduce((sum, { size }) => sum + size, 0) },
        3: { i64: group.rows },
      })),
    },
    6: { text: 'almanac' },
  })
  const length = Buffer.alloc(4)
  length.writeUInt32LE(meta.length)
  return Buffer.concat([meta, length, magic])
}

/** A row group is written when it has as many rows or bytes, so that little of it is in memory. */
const rowsAGroup = 122_880
const bytesAGroup = 64 * 1024 * 1024

/**
 * Writes a Parquet file page by page: uncompressed, PLAIN, all columns optional. For files that are read once and
 * removed; format: https://parquet.apache.org/docs/file-format/.
 */
export async function createParquetFile(path: string, columns: FileColumn[]): Promise<ParquetFile> {
  const handle: FileHandle = await open(path, 'wx')
  const groups: { rows: number; chunks: Chunk[] }[] = []
  let position = 0
  let waiting: Page[][] = columns.map(() => [])
  let rows = 0
  let bytes = 0
  const append = async (parts: Uint8Array[]) => {
    const size = parts.reduce((sum, part) => sum + part.length, 0)
    for (let done = 0; done < parts.length; done += 512) await writeAll(handle, parts.slice(done, done + 512))
    position += size
    return size
  }
  const flush = async () => {
    if (rows === 0) return
    const chunks: Chunk[] = []
    for (const pages of waiting) {
      const offset = position
      const size = await append(pages.flatMap((page) => [pageHeader(page), page.bytes]))
      chunks.push({ offset, size, levels: pages.reduce((sum, { levels }) => sum + levels, 0) })
    }
    groups.push({ rows, chunks })
    waiting = columns.map(() => [])
    rows = 0
    bytes = 0
  }
  await append([magic])
  return {
    add: async (count, pages) => {
      for (const [index, page] of pages.entries()) waiting[index]?.push(page)
      rows += count
      bytes += pages.reduce((sum, page) => sum + page.bytes.length, 0)
      if (rows >= rowsAGroup || bytes >= bytesAGroup) await flush()
    },
    close: async () => {
      await flush()
      await append([footer(columns, groups)])
      await handle.close()
    },
    abandon: () => handle.close(),
  }
}

/** `writev` may write less than it was given. */
async function writeAll(handle: FileHandle, parts: Uint8Array[]): Promise<void> {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  if (size === 0) return
  const { bytesWritten } = await handle.writev(parts)
  if (bytesWritten < size) await handle.writeFile(Buffer.concat(parts).subarray(bytesWritten))
}
