import {
  type CanonicalValue,
  convertJson,
  convertText,
  encodeEntityKey,
  formatTimestamp,
  fragmentSeparator,
  longestKeyBytes,
  toEngineText,
  toFragment,
} from '@/lib/core/feature-type'
import { stagedRow } from '@/lib/offline'
import type { RawRow } from './raw-row'
import { type RowFault, rowFault } from './row-fault'
import type { PlanColumn, RowPlan } from './row-plan'

/** A row that may be committed. */
export interface CheckedRow {
  row: number
  /** Its line of the staged file. */
  line: string
  entityKey: string
  eventTimeMicros: bigint
  deleted: boolean
  /** Its online value: fragments in declared order; '' for a tombstone and where the engine computes features. */
  fragments: string
  /** Canonical values by plan column, for the checks that need the whole batch. */
  values: CanonicalValue[]
}

export interface RowBounds {
  /** Event times beyond it are refused. */
  latestMicros: bigint
}

/** Checks one row. Returns it converted, or everything that is wrong with it. */
export function checkRow(plan: RowPlan, bounds: RowBounds, raw: RawRow): CheckedRow | RowFault[] {
  if (raw.faults.length > 0 && raw.values.length === 0) return raw.faults
  const faults = [...raw.faults]
  const deleted = operationOf(raw, faults)
  const values = plan.columns.map((column, place) => {
    const value = convertCell(column, raw, place, deleted, faults)
    if (column.role === 'time' && typeof value === 'bigint' && value > bounds.latestMicros) {
      const reason = `Event time ${formatTimestamp(value)} is further in the future than this group allows.`
      faults.push(rowFault(raw.row, column.name, raw.values[place], 'future', reason))
    }
    return value
  })
  const time = values[plan.keyCount]
  if (faults.length > 0 || typeof time !== 'bigint') return faults
  const row = convertedRow(plan, raw.row, values, time, deleted)
  const tooLarge = sizeFault(plan, row)
  return tooLarge ? [tooLarge] : row
}

/** The engine reads no longer line. */
const longestRowBytes = 16 * 1024 * 1024 - 1

const isLonger = (text: string, bytes: number) => text.length * 3 > bytes && Buffer.byteLength(text) > bytes

/** What cannot be kept because of its size, by its longest column. */
function sizeFault(plan: RowPlan, { row, line, entityKey, values }: CheckedRow): RowFault | null {
  const keyIsLonger = isLonger(entityKey, longestKeyBytes)
  if (!keyIsLonger && !isLonger(line, longestRowBytes)) return null
  const last = keyIsLonger ? plan.keyCount : plan.columns.length
  const lengths = values.slice(0, last).map((value) => String(value).length)
  const place = lengths.indexOf(Math.max(...lengths))
  const reason = keyIsLonger
    ? `The key is longer than ${longestKeyBytes} bytes.`
    : `The row is longer than ${longestRowBytes} bytes.`
  const rule = keyIsLonger ? 'key_length' : 'row_length'
  return rowFault(row, plan.columns[place]?.name ?? null, values[place], rule, reason)
}

function operationOf(raw: RawRow, faults: RowFault[]): boolean {
  const { operation } = raw
  if (operation === undefined || operation === null || operation === 'upsert') return false
  if (operation === 'delete') return true
  faults.push(rowFault(raw.row, '_op', operation, 'operation', '`_op` is "upsert" or "delete".'))
  return false
}

/** The converted value, null where there is none or where it was refused. */
function convertCell(
  column: PlanColumn,
  raw: RawRow,
  place: number,
  deleted: boolean,
  faults: RowFault[],
): CanonicalValue {
  const identifies = column.role === 'key' || column.role === 'time'
  if (deleted && !identifies) return null
  const cell = raw.values[place]
  const converted = raw.isText ? convertText(column.type, textOf(cell)) : convertJson(column.type, cell)
  if (!converted.ok) {
    faults.push(rowFault(raw.row, column.name, cell, converted.rule, converted.reason))
    return null
  }
  if (converted.value === null && identifies) {
    const what = column.role === 'key' ? 'Key column' : 'Event time'
    faults.push(
      rowFault(raw.row, column.name, cell, 'required', `${what} \`${column.name}\` is missing or null.`),
    )
    return null
  }
  if (column.check && !column.derived) {
    const fault = column.check(converted.value)
    if (fault)
      faults.push(rowFault(raw.row, column.name, cell, fault.rule, `\`${column.name}\` ${fault.reason}.`))
  }
  return converted.value
}

const textOf = (cell: unknown): string | null => (typeof cell === 'string' ? cell : null)

function convertedRow(
  plan: RowPlan,
  row: number,
  values: CanonicalValue[],
  time: bigint,
  deleted: boolean,
): CheckedRow {
  const cells: (string | null)[] = plan.columns.map((column, place) =>
    toEngineText(column.type, values[place] ?? null),
  )
  cells.push(String(row), deleted ? 'delete' : 'upsert')
  const keys = plan.columns.slice(0, plan.keyCount)
  return {
    row,
    line: stagedRow(cells),
    entityKey: encodeEntityKey(
      keys.map((key) => key.type),
      values,
    ),
    eventTimeMicros: time,
    deleted,
    fragments: deleted || plan.hasDerived ? '' : fragmentsOf(plan, values),
    values,
  }
}

function fragmentsOf(plan: RowPlan, values: CanonicalValue[]): string {
  const first = plan.keyCount + 1
  let text = ''
  for (let place = first; place < first + plan.featureCount; place++) {
    const column = plan.columns[place]
    if (!column) continue
    if (place > first) text += fragmentSeparator
    text += toFragment(column.type, values[place] ?? null)
  }
  return text
}
