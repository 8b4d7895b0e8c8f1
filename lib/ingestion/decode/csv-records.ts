/** A cell's text; an unquoted empty cell is null, a quoted one the empty text. */
export type Cell = string | null

/** What in a text is not CSV (RFC 4180). `record` counts from 1, the header among them. */
export class CsvFault extends Error {
  constructor(
    readonly record: number,
    readonly rule: 'open_quote' | 'stray_quote' | 'after_quote' | 'too_long',
    message: string,
  ) {
    super(message)
    this.name = 'CsvFault'
  }
}

const comma = 44
const lineFeed = 10
const carriageReturn = 13
const quote = 34

/** Reads records out of texts that are cut anywhere. */
export interface CsvReader {
  /** The records that the text completes. */
  push: (text: string) => Cell[][]
  /** The last record, which has no line end. */
  end: () => Cell[][]
}

interface Scan {
  text: string
  isLast: boolean
  at: number
  /** The next of each from `at` on, at least; the text's length when there is none. Each is looked for once. */
  nextComma: number
  nextLine: number
  nextQuote: number
}

const find = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from)
  return at === -1 ? text.length : at
}

/** End of the quoted cell that starts at `scan.at`, or -1 when the text ends before it. */
function closingQuote(scan: Scan): number {
  let at = scan.text.indexOf('"', scan.at + 1)
  while (at !== -1) {
    if (at + 1 === scan.text.length && !scan.isLast) return -1
    if (scan.text.charCodeAt(at + 1) !== quote) return at
    at = scan.text.indexOf('"', at + 2)
  }
  return -1
}

type Ended = 'cell' | 'record' | 'cut'

/** Reads one cell into `cells` and moves behind its mark. `cut`: the text ends within the cell. */
function readCell(scan: Scan, cells: Cell[], record: number): Ended {
  return scan.text.charCodeAt(scan.at) === quote
    ? readQuoted(scan, cells, record)
    : readPlain(scan, cells, record)
}

function readQuoted(scan: Scan, cells: Cell[], record: number): Ended {
  const { text, isLast } = scan
  const close = closingQuote(scan)
  if (close === -1) {
    if (isLast) throw new CsvFault(record, 'open_quote', 'a quote is opened and never closed')
    return 'cut'
  }
  const cell = text.slice(scan.at + 1, close)
  cells.push(cell.includes('"') ? cell.replaceAll('""', '"') : cell)
  scan.at = close + 1
  if (text.charCodeAt(scan.at) === carriageReturn && (scan.at + 1 < text.length || isLast)) scan.at++
  if (scan.at >= text.length) return isLast ? 'record' : 'cut'
  const mark = text.charCodeAt(scan.at)
  if (mark !== comma && mark !== lineFeed) {
    if (mark === carriageReturn) return 'cut'
    throw new CsvFault(record, 'after_quote', `text follows a closing quote in cell ${cells.length}`)
  }
  scan.at++
  return mark === comma ? 'cell' : 'record'
}

function readPlain(scan: Scan, cells: Cell[], record: number): Ended {
  const { text, at } = scan
  if (scan.nextComma < at) scan.nextComma = find(text, ',', at)
  if (scan.nextLine < at) scan.nextLine = find(text, '\n', at)
  if (scan.nextQuote < at) scan.nextQuote = find(text, '"', at)
  const end = Math.min(scan.nextComma, scan.nextLine)
  if (end === text.length && !scan.isLast) return 'cut'
  if (scan.nextQuote < end)
    throw new CsvFault(
      record,
      'stray_quote',
      `a quote stands inside cell ${cells.length + 1}, which is not quoted`,
    )
  const isRecord = end !== scan.nextComma || end === text.length
  const last = isRecord && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end
  cells.push(last <= at ? null : text.slice(at, last))
  scan.at = end + 1
  return isRecord ? 'record' : 'cell'
}

const isBlank = (cells: Cell[]) => cells.length === 1 && cells[0] === null

const longRecord = 64 * 1024

/** CSV with `,` between cells and LF or CRLF between records. Blank lines are passed over. */
export function csvReader(longestRecord: number): CsvReader {
  let rest = ''
  let arrived = ''
  let record = 1

  const read = (text: string, isLast: boolean): Cell[][] => {
    const scan: Scan = { text, isLast, at: 0, nextComma: -1, nextLine: -1, nextQuote: -1 }
    const records: Cell[][] = []
    for (;;) {
      const start = scan.at
      const cells: Cell[] = []
      let ended: Ended = start >= text.length ? 'cut' : 'cell'
      while (ended === 'cell') ended = readCell(scan, cells, record)
      if (ended === 'cut') {
        rest = text.slice(start)
        if (rest.length > longestRecord)
          throw new CsvFault(record, 'too_long', `the row is longer than ${longestRecord} characters`)
        return records
      }
      if (!isBlank(cells)) {
        records.push(cells)
        record++
      }
    }
  }
  /** A long record is read again only when it has doubled: its cost stays in proportion to its length. */
  const isWorthReading = () =>
    rest.length < longRecord || arrived.length >= rest.length || rest.length + arrived.length > longestRecord
  const readArrived = (isLast: boolean) => {
    const text = rest + arrived
    arrived = ''
    return read(text, isLast)
  }
  return {
    push: (text) => {
      arrived += text
      return isWorthReading() ? readArrived(false) : []
    },
    end: () => readArrived(true),
  }
}
