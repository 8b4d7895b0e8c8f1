import type { FeatureType } from '@/lib/core/feature-type'
import { type CellScanner, Doubt, type StagedText } from './cells'

const lineFeed = 10
const carriageReturn = 13
const tab = 9
const space = 32
const quote = 34
const comma = 44
const minus = 45
const point = 46
const zero = 48
const nine = 57
const colon = 58
const backslash = 92
const openBrace = 123
const closeBrace = 125

/** What values a column takes without being looked at closer. */
type Takes = 'number' | 'text' | 'bool'

const takesOf = ({ kind }: FeatureType): Takes => {
  if (kind === 'bool') return 'bool'
  return kind === 'int32' ||
    kind === 'int64' ||
    kind === 'float32' ||
    kind === 'float64' ||
    kind === 'decimal'
    ? 'number'
    : 'text'
}

export interface JsonColumn {
  name: string
  /** Null: `_op`, which is a text. */
  type: FeatureType | null
}

interface Column {
  name: Buffer
  takes: Takes
  /** Row that has it, and where its value stands there. */
  row: number
  start: number
  end: number
}

const startOfNull = 110
const literals = [Buffer.from('null'), Buffer.from('true'), Buffer.from('false')] as const

const startsWith = (bytes: Uint8Array, at: number, word: Uint8Array): boolean => {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false
  return true
}

const afterSpaces = (bytes: Uint8Array, at: number): number => {
  let i = at
  while (bytes[i] === space || bytes[i] === tab) i++
  return i
}

/** Behind the text whose quote stands at `at`; -1 when it holds an escape or a control character. */
function afterText(bytes: Uint8Array, at: number): number {
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === quote) return i + 1
    if (byte === backslash || byte < space) return -1
  }
  return -1
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= zero && byte <= nine

function afterDigits(bytes: Uint8Array, at: number): number {
  let i = at
  while (isDigit(bytes[i])) i++
  return i > at ? i : -1
}

/** Behind the JSON number at `at`, or -1. */
function afterNumber(bytes: Uint8Array, at: number): number {
  let i = bytes[at] === minus ? at + 1 : at
  const isZero = bytes[i] === zero
  i = isZero ? i + 1 : afterDigits(bytes, i)
  if (i !== -1 && bytes[i] === point) i = afterDigits(bytes, i + 1)
  if (i !== -1 && (bytes[i] === 101 || bytes[i] === 69)) {
    const sign = bytes[i + 1]
    i = afterDigits(bytes, sign === minus || sign === 43 ? i + 2 : i + 1)
  }
  return i
}

/** Behind the value at `at`, or -1 when the column does not plainly take it. */
function afterValue(bytes: Uint8Array, at: number, takes: Takes): number {
  const first = bytes[at]
  const [nothing, yes, no] = literals
  if (first === quote) return takes === 'bool' ? -1 : afterText(bytes, at)
  if (first === minus || isDigit(first)) return takes === 'number' ? afterNumber(bytes, at) : -1
  if (startsWith(bytes, at, nothing)) return at + nothing.length
  if (takes !== 'bool') return -1
  if (startsWith(bytes, at, yes)) return at + yes.length
  return startsWith(bytes, at, no) ? at + no.length : -1
}

/** Finds the members of lines: rows of one body mostly name the same columns in the same order. */
class Members {
  private readonly columns: Column[]
  private readonly order: Column[] = []

  constructor(columns: readonly JsonColumn[]) {
    this.columns = columns.map(({ name, type }) => ({
      name: Buffer.from(JSON.stringify(name)),
      takes: type === null ? 'text' : takesOf(type),
      row: -1,
      start: 0,
      end: 0,
    }))
  }

  /** The column whose name stands at `at`, in quotes. */
  private columnAt(bytes: Uint8Array, at: number, place: number): Column | null {
    const expected = this.order[place]
    if (expected && startsWith(bytes, at, expected.name)) return expected
    const found = this.columns.find(({ name }) => startsWith(bytes, at, name))
    if (found) this.order[place] = found
    return found ?? null
  }

  /** Where the values of the object in these bytes stand; false when it is not plain. */
  read(bytes: Uint8Array, start: number, end: number, row: number): boolean {
    let at = afterSpaces(bytes, start)
    if (bytes[at] !== openBrace) return false
    for (let place = 0; ; place++) {
      at = afterSpaces(bytes, at + 1)
      if (bytes[at] === closeBrace && place === 0) break
      if (bytes[at] !== quote) return false
      const column = this.columnAt(bytes, at, place)
      if (!column || column.row === row) return false
      at = afterSpaces(bytes, at + column.name.length)
      if (bytes[at] !== colon) return false
      column.start = afterSpaces(bytes, at + 1)
      column.end = afterValue(bytes, column.start, column.takes)
      if (column.end === -1) return false
      column.row = row
      at = afterSpaces(bytes, column.end)
      if (bytes[at] === closeBrace) break
      if (bytes[at] !== comma) return false
    }
    at = afterSpaces(bytes, at + 1)
    return at === end || (bytes[at] === carriageReturn && at + 1 === end)
  }

  /** The values of the row that was read, its number before the last; a text keeps its quotes, null is nothing. */
  write(bytes: Uint8Array, row: number, end: number, out: StagedText): void {
    const { columns } = this
    out.reserve(end + columns.length + 20)
    for (let i = 0; i < columns.length; i++) {
      const column = columns[i]
      if (i === columns.length - 1) {
        out.rowNumber()
        out.byte(comma)
      }
      if (column?.row === row && bytes[column.start] !== startOfNull)
        out.copy(bytes, column.start, column.end)
      if (i < columns.length - 1) out.byte(comma)
    }
  }
}

const longestPlainLine = 1024 * 1024

const isBlank = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    if (byte !== space && byte !== tab && byte !== carriageReturn) return false
  }
  return true
}

/**
 * One JSON object a line as `decodeNdjson` reads it: the values of plain ones are copied in the order of `columns`, of
 * which `_op` is the last. Any other line goes to `other`, which gives its staged line or throws.
 */
export function ndjsonCells(
  out: StagedText,
  columns: readonly JsonColumn[],
  other: (line: Uint8Array, row: number) => string,
): CellScanner {
  const members = new Members(columns)
  let rest: Uint8Array = new Uint8Array()

  const line = (bytes: Uint8Array, start: number, end: number) => {
    if (isBlank(bytes, start, end)) return
    const row = out.rows + 1
    if (members.read(bytes, start, end, row)) {
      members.write(bytes, row, end - start, out)
    } else {
      const text = Buffer.from(other(bytes.subarray(start, end), row))
      out.reserve(text.length + 1)
      out.copy(text, 0, text.length)
    }
    out.endRow()
  }
  return {
    push: (chunk) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
        line(bytes, start, end)
        start = end + 1
      }
      rest = bytes.slice(start)
      if (rest.length > longestPlainLine) throw new Doubt()
    },
    end: () => {
      if (rest.length > 0) line(rest, 0, rest.length)
    },
  }
}
