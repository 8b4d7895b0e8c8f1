import { DomainError } from '@/lib/core/errors'
import { convertText, toJsonValue } from '@/lib/core/feature-type'
import { NotUtf8, utf8Texts } from '@/lib/core/utf8'
import type { RawRow, UnknownColumns } from '../raw-row'
import { nameInGroup } from '../renamed'
import { type RowFault, rowFault, toFieldError } from '../row-fault'
import { operationColumn, type RowPlan } from '../row-plan'
import { type Cell, CsvFault, csvReader } from './csv-records'
import { longestLineBytes } from './lines'

/** What a column of the file is: a place in the plan, the operation, undeclared, or left out by name. */
type Target = number | 'operation' | 'ignored' | 'left out'

export interface Header {
  names: string[]
  targets: Target[]
}

const headerFault = (column: string, rule: string, reason: string): RowFault =>
  rowFault(0, column, undefined, rule, reason)

/** Reads the header. Throws `invalid` naming each column that is unknown, twice there or missing. */
export function headerOf(cells: Cell[], plan: RowPlan, unknown: UnknownColumns): Header {
  const named = cells.map((cell) => nameInGroup(plan.renamed, cell ?? ''))
  const faults: RowFault[] = []
  const seen = new Set<string>()
  const targets = named.map((name): Target => {
    if (name === null) return 'left out'
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
  return { names: named.map((name, index) => name ?? cells[index] ?? ''), targets }
}

/** Types whose texts only a CSV may send: a row that is replayed is JSON. */
const textOnly: ReadonlySet<string> = new Set(['bool', 'json', 'array', 'embedding'])

/** A cell as the JSON value that means the same; what does not convert stays the text that it is. */
function keptCell(plan: RowPlan, target: Target | undefined, cell: Cell): unknown {
  const type = typeof target === 'number' ? plan.columns[target]?.type : undefined
  if (!type || !textOnly.has(type.kind)) return cell
  const converted = convertText(type, cell)
  return converted.ok ? toJsonValue(type, converted.value) : cell
}

function rawRowOfCells(header: Header, plan: RowPlan, cells: Cell[], row: number): RawRow {
  const values: unknown[] = new Array(plan.columns.length)
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
  const source = () =>
    Object.fromEntries(
      header.names.flatMap((name, index) => {
        const target = header.targets[index]
        return target === 'left out' ? [] : [[name, keptCell(plan, target, cells[index] ?? null)]]
      }),
    )
  return { row, values, operation, isText: true, faults, source }
}

function notCsv(error: unknown): unknown {
  if (!(error instanceof CsvFault)) return error
  const row = error.record - 1
  const reason = `${row === 0 ? 'The header' : `Row ${row}`} is not CSV: ${error.message}.`
  const place = row === 0 ? {} : { row }
  const pointer = row === 0 ? '' : `/rows/${row - 1}`
  return new DomainError(
    error.rule === 'too_long' ? 'too_large' : 'not_parseable',
    reason,
    { errors: [{ pointer, ...place, reason, rule: error.rule, code: error.rule }] },
    { cause: error },
  )
}

/** `row` is the one in which the text breaks off; 0 is the header. */
function notText(cause: NotUtf8, row: number): DomainError {
  const reason = `${row === 0 ? 'The header' : `Row ${row}`} is not UTF-8 text (line ${cause.line} of the body).`
  const place = row === 0 ? { pointer: '' } : { pointer: `/rows/${row - 1}`, row }
  const errors = [{ ...place, reason, rule: 'encoding', code: 'encoding' }]
  return new DomainError('not_parseable', reason, { errors }, { cause })
}

/** The records of a body, as its bytes arrive. */
async function* recordsOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Cell[][]> {
  const reader = csvReader(longestLineBytes)
  let records = 0
  const counted = (batch: Cell[][]) => {
    records += batch.length
    return batch
  }
  try {
    for await (const text of utf8Texts(bytes)) yield counted(reader.push(text))
    yield counted(reader.end())
  } catch (error) {
    throw error instanceof NotUtf8 ? notText(error, records) : notCsv(error)
  }
}

const noHeader = () =>
  new DomainError('invalid', 'The CSV has no header.', {
    errors: [{ pointer: '', reason: 'The CSV has no header.', code: 'missing_header' }],
  })

/** RFC 4180 with a header, `,` between cells. */
export async function* decodeCsv(
  bytes: AsyncIterable<Uint8Array>,
  plan: RowPlan,
  unknown: UnknownColumns,
): AsyncGenerator<RawRow[]> {
  let row = 0
  let header: Header | null = null
  for await (const records of recordsOf(bytes)) {
    const rows: RawRow[] = []
    for (const cells of records) {
      if (!header) header = headerOf(cells, plan, unknown)
      else rows.push(rawRowOfCells(header, plan, cells, ++row))
    }
    yield rows
  }
  if (!header) throw noHeader()
}
