import type { RenamedColumns } from '@/lib/offline'
import { nameInGroup } from './renamed'
import { type RowFault, rowFault } from './row-fault'
import { operationColumn, type RowPlan } from './row-plan'

/** One row as it arrived. */
export interface RawRow {
  /** From 1; a CSV header is not counted. */
  row: number
  /** One value a plan column, undefined where the row has none. */
  values: unknown[]
  operation: unknown
  /** CSV cells are converted as texts, JSON values as such. */
  isText: boolean
  /** What was wrong before any value was looked at. */
  faults: RowFault[]
  /** The row by column name, as it is kept in quarantine. */
  source: () => Record<string, unknown>
}

export type UnknownColumns = 'refuse' | 'ignore'

/** A row that could not even be taken apart. */
export const brokenRow = (row: number, rule: string, reason: string, source: unknown): RawRow => ({
  row,
  values: [],
  operation: undefined,
  isText: false,
  faults: [rowFault(row, null, source ?? undefined, rule, reason)],
  source: () => ({ _line: source }),
})

const repeatedFault = (row: number, name: string): RowFault =>
  rowFault(row, name, undefined, 'duplicate_member', `\`${name}\` stands twice in the row, or in its value.`)

/** The object under the group's names. */
function named(renamed: RenamedColumns, value: object, row: number, faults: RowFault[]): object {
  if (renamed.size === 0) return value
  const cells = new Map<string, unknown>()
  for (const [column, cell] of Object.entries(value)) {
    const name = nameInGroup(renamed, column)
    if (name === null) continue
    if (cells.has(name))
      faults.push(rowFault(row, name, cell, 'duplicate_column', `Two columns of the row are \`${name}\`.`))
    cells.set(name, cell)
  }
  return Object.fromEntries(cells)
}

/** A parsed JSON object as a row; `repeated` are the columns that it, or a value of it, says twice. */
export function rawRowOfObject(
  plan: RowPlan,
  unknown: UnknownColumns,
  value: unknown,
  row: number,
  repeated: readonly string[] = [],
): RawRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return brokenRow(row, 'object', 'A row is a JSON object of column names and values.', value)
  }
  const values: unknown[] = new Array(plan.columns.length)
  const faults = [...new Set(repeated)].map((name) => repeatedFault(row, name))
  let operation: unknown
  const members = Object.entries(named(plan.renamed, value, row, faults))
  for (const [name, cell] of members) {
    const place = plan.places.get(name)
    if (place !== undefined) values[place] = cell
    else if (name === operationColumn) operation = cell
    else if (unknown === 'refuse') {
      faults.push(
        rowFault(
          row,
          name,
          cell,
          'unknown_column',
          `\`${name}\` is not declared in this version (unknown=ignore drops it).`,
        ),
      )
    }
  }
  return { row, values, operation, isText: false, faults, source: () => Object.fromEntries(members) }
}
