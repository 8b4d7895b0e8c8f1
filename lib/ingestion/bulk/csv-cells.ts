import { type Cell, csvReader } from '../decode/csv-records'
import { longestLineBytes } from '../decode/lines'
import { type CellScanner, Doubt, type StagedText } from './cells'

const lineFeed = 10
const carriageReturn = 13
const quote = 34
const comma = 44

/** Behind the quoted cell that begins at `at`; -1: the bytes end within it. */
function endOfQuoted(bytes: Uint8Array, at: number, isLast: boolean): number {
  for (let i = at + 1; i < bytes.length; i++) {
    const byte = bytes[i]
    if (byte === 0) throw new Doubt()
    if (byte !== quote) continue
    if (i + 1 === bytes.length) return isLast ? i + 1 : -1
    if (bytes[i + 1] !== quote) return i + 1
    i++
  }
  if (isLast) throw new Doubt()
  return -1
}

/** The mark behind the cell without quotes that begins at `at`, or the end of the bytes. */
function endOfPlain(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte > quote && byte !== comma) continue
    if (byte === comma || byte === lineFeed || byte === carriageReturn) return i
    if (byte === quote || byte === 0) throw new Doubt()
  }
  return bytes.length
}

interface Record {
  cells: number
  /** Behind its last cell, and where the next record begins; -1: the bytes end within this one. */
  end: number
  next: number
}

/** Reads the record at `start` into `found`. */
function readRecord(bytes: Uint8Array, start: number, isLast: boolean, found: Record): void {
  let at = start
  found.cells = 0
  found.next = -1
  for (;;) {
    at = bytes[at] === quote ? endOfQuoted(bytes, at, isLast) : endOfPlain(bytes, at)
    if (at === -1 || (at === bytes.length && !isLast)) return
    found.cells++
    const mark = bytes[at]
    if (mark === comma) {
      at++
      continue
    }
    found.end = at
    if (mark === carriageReturn) {
      at++
      if (at === bytes.length && !isLast) return
    }
    if (at < bytes.length && bytes[at] !== lineFeed) throw new Doubt()
    found.next = Math.min(at + 1, bytes.length)
    return
  }
}

const namesOf = (record: Uint8Array): Cell[] => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(record)
  return csvReader(longestLineBytes).push(`${text}\n`)[0] ?? []
}

const longestRecordBytes = 1024 * 1024

/**
 * RFC 4180 as `decodeCsv` reads it: each record is copied as it stands, its row's number behind it. `header` is told
 * the first one's cells and may throw.
 */
export function csvCells(out: StagedText, header: (cells: Cell[]) => void): CellScanner {
  let rest: Uint8Array = new Uint8Array()
  let width = 0
  const found: Record = { cells: 0, end: 0, next: 0 }

  const take = (bytes: Uint8Array, start: number) => {
    if (found.end === start && found.cells === 1) return
    if (width === 0) {
      header(namesOf(bytes.subarray(start, found.end)))
      width = found.cells
      // A single empty cell would be a blank line.
      if (width === 1) throw new Doubt()
      return
    }
    if (found.cells !== width) throw new Doubt()
    out.reserve(found.end - start + 20)
    out.copy(bytes, start, found.end)
    out.byte(comma)
    out.rowNumber()
    out.endRow()
  }
  const read = (bytes: Uint8Array, isLast: boolean) => {
    let start = 0
    while (start < bytes.length) {
      readRecord(bytes, start, isLast, found)
      if (found.next === -1) break
      take(bytes, start)
      start = found.next
    }
    rest = bytes.slice(start)
    if (rest.length > longestRecordBytes) throw new Doubt()
  }
  return {
    push: (chunk) => read(rest.length === 0 ? chunk : Buffer.concat([rest, chunk]), false),
    end: () => {
      read(rest, true)
      // No header: the decoder says so.
      if (width === 0) throw new Doubt()
    },
  }
}
