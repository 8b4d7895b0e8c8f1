import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { DomainError } from '@/lib/core/errors'
import type { RawRow, UnknownColumns } from '../raw-row'
import { type RowFault, rowFault, toFieldError } from '../row-fault'
import { operationColumn, type RowPlan } from '../row-plan'
import { longestLineBytes } from './lines'

type Cell = string | null

/** What a column of the file is: a place in the plan, the operation, or left out. */
type Target = number | 'operation' | 'ignored'

interface Header {
  names: string[]
  targets: Target[]
}

const headerFault = (column: string, rule: string, reason: string): RowFault =>
  rowFault(0, column, undefined, rule, reason)

/** Reads the header. Throws `invalid` naming each column that is unknown, twice there or missing. */
function headerOf(cells: Cell[], plan: RowPlan, unknown: UnknownColumns): Header {
  const names = cells.map((cell) => cell ?? '')
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const targets = names.map((name): Target => {
    if (seen.has(name))
      faults.push(headerFault(name, 'duplicate_column', `Column \`${name}\` stands in the header twice.`))
    seen.add(name)
    const place = plan.places.get(name)
    if (place !== undefined) return place
    if (name === operationColumn) return 'operation'
    if (unknown === 'refuse') {
      faults.push(
        headerFault(
          name,
          'unknown_column',
          `Column \`${name}\` is not declared in this version (unknown=ignore drops it).`,
        ),
      )
    }
    return 'ignored'
  })
  for (const { name, role } of plan.columns) {
    if ((role === 'key' || role === 'time') && !seen.has(name)) {
      const what = role === 'key' ? 'Key column' : 'Event time column'
      faults.push(headerFault(name, 'missing_column', `${what} \`${name}\` is missing in the header.`))
    }
  }
  if (faults.length > 0) {
    const first = faults[0]?.reason ?? ''
    throw new DomainError('invalid', `The CSV header does not fit: ${first}`, {
      errors: faults.map(toFieldError),
    })
  }
  return { names, targets }
}

function rawRowOfCells(header: Header, columnCount: number, cells: Cell[], row: number): RawRow {
  const values: unknown[] = new Array(columnCount)
  let operation: unknown
  const faults: RowFault[] = []
  if (cells.length !== header.names.length) {
    const reason = `The row has ${cells.length} cells, the header ${header.names.length}.`
    faults.push(
      rowFault(
        row,
        header.names[cells.length] ?? null,
        cells[header.names.length] ?? undefined,
        'cells',
        reason,
      ),
    )
  }
  for (const [index, target] of header.targets.entries()) {
    if (typeof target === 'number') values[target] = cells[index]
    else if (target === 'operation') operation = cells[index]
  }
  const source = () => Object.fromEntries(header.names.map((name, index) => [name, cells[index] ?? null]))
  return { row, values, operation, isText: true, faults, source }
}

/** Passes the bytes on while they are UTF-8. */
async function* checkedUtf8(
  bytes: AsyncIterable<Uint8Array>,
  rowsRead: () => number,
): AsyncGenerator<Uint8Array> {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  const notText = (cause: unknown) =>
    new DomainError('not_parseable', `The body is not UTF-8 text (after row ${rowsRead()}).`, {}, { cause })
  for await (const chunk of bytes) {
    try {
      utf8.decode(chunk, { stream: true })
    } catch (cause) {
      throw notText(cause)
    }
    yield chunk
  }
  try {
    utf8.decode()
  } catch (cause) {
    throw notText(cause)
  }
}

const parser = () =>
  parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // Both, since files glued together mix them.
    record_delimiter: ['\r\n', '\n'],
    max_record_size: longestLineBytes,
    // An unquoted empty cell is null, a quoted one the empty text.
    cast: (text, { quoting }) => (text === '' && !quoting ? null : text),
  })

const rowsABatch = 500

/** RFC 4180 with a header, `,` between cells. */
export async function* decodeCsv(
  bytes: AsyncIterable<Uint8Array>,
  plan: RowPlan,
  unknown: UnknownColumns,
): AsyncGenerator<RawRow[]> {
  let row = 0
  let header: Header | null = null
  let batch: RawRow[] = []
  const source = Readable.from(checkedUtf8(bytes, () => row))
  const records = parser()
  source.on('error', (error) => records.destroy(error))
  source.pipe(records)
  try {
    for await (const cells of records as AsyncIterable<Cell[]>) {
      if (!header) header = headerOf(cells, plan, unknown)
      else batch.push(rawRowOfCells(header, plan.columns.length, cells, ++row))
      if (batch.length >= rowsABatch) {
        yield batch
        batch = []
      }
    }
  } catch (error) {
    throw error instanceof CsvError ? notCsv(error, row) : error
  } finally {
    source.destroy()
  }
  if (!header)
    throw new DomainError('invalid', 'The CSV has no header.', {
      errors: [{ pointer: '', reason: 'The CSV has no header.', code: 'missing_header' }],
    })
  yield batch
}

function notCsv(error: CsvError, row: number): DomainError {
  const reason = `The body is not CSV after row ${row}: ${error.message}`
  return new DomainError(
    'not_parseable',
    reason,
    { errors: [{ pointer: `/rows/${row}`, row: row + 1, reason: error.message, code: error.code }] },
    { cause: error },
  )
}
