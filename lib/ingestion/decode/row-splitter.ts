import { DomainError } from '@/lib/core/errors'
import { type ParsedJson, parseJsonRepeated, placeText } from '@/lib/core/json'
import type { Cut, Mark } from './json-outline'

/** What is held of a document at once: a row, or all that stands beside the rows. */
const largestPart = 128 * 1024 * 1024
const byteOrderMark = '\ufeff'
/** What JSON takes for space, which is less than what `trim` does. */
const jsonSpace = /^[ \t\r\n]*$/

export interface ParsedRow {
  value: unknown
  /** Columns that stand twice in it, or in a value of it. */
  repeated: string[]
}

/** Where `offset` characters after a mark is, `text` being what stands there. */
function placeAfter({ line, column }: Mark, text: string, offset: number): string {
  const before = text.slice(0, offset)
  const lines = before.split('\n').length - 1
  return placeText(line + lines, lines === 0 ? column + offset : offset - before.lastIndexOf('\n'))
}

/** Pieces of a text that is wanted whole. */
class Pieces {
  private held: string[] = []
  private length = 0

  /** Errors: too_large. */
  add(piece: string): void {
    this.length += piece.length
    if (this.length > largestPart) {
      throw new DomainError(
        'too_large',
        'A row of a JSON body, and what stands beside the rows, may hold 128 MiB.',
      )
    }
    this.held.push(piece)
  }

  take(): string {
    const text = this.held.join('')
    this.held = []
    this.length = 0
    return text
  }
}

/** Whether a document that begins so is within the array `rows` of its own members. */
function isRowsHead(head: string): boolean {
  const key = head.slice(0, -1).trimEnd()
  if (!key.endsWith(':')) return false
  const literal = /(^|[^\\])("(?:[^"\\]|\\.)*")$/.exec(key.slice(0, -1).trimEnd().slice(-40))?.[2]
  try {
    if (literal === undefined || JSON.parse(literal) !== 'rows') return false
    JSON.parse(`${head}]}`)
    return true
  } catch {
    // Then the whole document is at fault, and its parser says where.
    return false
  }
}

/**
 * Takes the items of `rows` out of a JSON document that arrives in pieces. Each is parsed alone, and faults are told as
 * if the document had been parsed whole. What is left at the end is the document with empty `rows`.
 */
export class RowSplitter {
  private readonly kept = new Pieces()
  private readonly pending = new Pieces()
  private state: 'before' | 'rows' | 'after' = 'before'
  /** The document up to its first row. */
  private head = ''
  private hasRow = false
  /** Where the pending row begins; after the rows, what closes them. */
  private mark: Mark = { line: 1, column: 1 }

  /** The rows that end in this piece. Errors: not_parseable, too_large. */
  rowsOf(text: string, cuts: readonly Cut[]): ParsedRow[] {
    const rows: ParsedRow[] = []
    let start = 0
    for (const cut of cuts) {
      if (this.state === 'after') break
      if (this.state === 'rows') {
        this.pending.add(text.slice(start, cut.at))
        this.endRow(cut.character, rows)
        start = this.goOn(cut)
      } else if (cut.character === '[') {
        this.kept.add(text.slice(start, cut.at + 1))
        start = cut.at + 1
        this.tryRows(cut)
      }
    }
    const rest = this.state === 'rows' ? this.pending : this.kept
    rest.add(text.slice(start))
    return rows
  }

  /** The document without its rows. Errors: not_parseable. */
  rest(): ParsedJson {
    if (this.state === 'rows') throw this.fault(this.pending.take())
    const document = this.head + this.kept.take()
    // The parser takes one mark off, which is off already: another one is a fault.
    return this.state === 'before'
      ? parseJsonRepeated(byteOrderMark + document)
      : parseJsonRepeated(document, { placeOf: this.placeIn(document, this.head.length) })
  }

  private tryRows(cut: Cut): void {
    const head = this.kept.take()
    if (isRowsHead(head)) {
      this.state = 'rows'
      this.head = head
      this.mark = { line: cut.line, column: cut.column + 1 }
    } else this.kept.add(head)
  }

  /** Where what follows the cut begins. */
  private goOn({ at, character, line, column }: Cut): number {
    if (character === ',') {
      this.hasRow = true
      this.mark = { line, column: column + 1 }
      return at + 1
    }
    this.state = 'after'
    this.mark = { line, column }
    return at
  }

  private endRow(end: Cut['character'], rows: ParsedRow[]): void {
    const text = this.pending.take()
    const isBlank = jsonSpace.test(text)
    if (isBlank && end === ']' && !this.hasRow) return
    // Alone it would be passed over before a row.
    if (isBlank || end === '}' || text.startsWith(byteOrderMark)) throw this.fault(text + end)
    try {
      const { value, repeated } = parseJsonRepeated(text)
      rows.push({ value, repeated: repeated.map(([column]) => String(column)) })
    } catch (error) {
      if (error instanceof DomainError && error.code === 'not_parseable') throw this.fault(text + end)
      throw error
    }
  }

  /** What the parser of the whole document says of a row that is none, with `0` in the place of those before it. */
  private fault(text: string): unknown {
    const before = this.head + (this.hasRow ? '0,' : '')
    const document = before + text
    try {
      parseJsonRepeated(document, { placeOf: this.placeIn(document, before.length) })
    } catch (error) {
      return error
    }
    return new DomainError('not_parseable', 'The body is not JSON.')
  }

  private placeIn(document: string, marked: number): (position: number) => string {
    return (position) =>
      position < this.head.length
        ? placeAfter({ line: 1, column: 1 }, document, position)
        : placeAfter(this.mark, document.slice(marked), position - marked)
  }
}
