import { toFragment } from '@/lib/core/feature-type'
import type { CheckedRow } from './check-row'
import { type RowFault, rowFault } from './row-fault'
import type { PlanColumn, RowPlan } from './row-plan'
import { nullShareFault } from './source-faults'

type Values = Pick<CheckedRow, 'row' | 'deleted' | 'values'>

/** The contract's terms that need the whole batch: uniqueness within it and the share of nulls. */
export interface BatchCheck {
  /** What the row breaks together with those before it. */
  faultsOf: (row: Values) => RowFault[]
  /** What the batch as a whole breaks. */
  finish: () => RowFault[]
  /** The row up to which repeated values were found; null when it was the last. */
  seenUpToRow: () => number | null
}

/** Values beyond these are not remembered: the engine looks for their repetitions in the written files. */
const mostRemembered = 200_000

interface Watched {
  place: number
  column: PlanColumn
}

const watching = (plan: RowPlan, wanted: (column: PlanColumn) => boolean): Watched[] =>
  plan.columns.flatMap((column, place) => (!column.derived && wanted(column) ? [{ place, column }] : []))

export function batchCheck(plan: RowPlan): BatchCheck {
  const unique = watching(plan, ({ contract }) => contract?.unique === true).map((watched) => ({
    ...watched,
    seen: new Map<string, number>(),
  }))
  const nulls = watching(plan, ({ contract }) => contract?.max_null_share !== undefined).map((watched) => ({
    ...watched,
    count: 0,
  }))
  let rows = 0
  let remembered = 0
  let lastRow: number | null = null

  const duplicates = (row: Values): RowFault[] => {
    const faults: RowFault[] = []
    if (lastRow !== null) return faults
    if (remembered >= mostRemembered) {
      lastRow = row.row - 1
      for (const { seen } of unique) seen.clear()
      return faults
    }
    for (const { place, column, seen } of unique) {
      const value = row.values[place] ?? null
      if (value === null) continue
      const fragment = toFragment(column.type, value)
      const first = seen.get(fragment)
      if (first === undefined) {
        seen.set(fragment, row.row)
        remembered++
      } else
        faults.push(
          rowFault(
            row.row,
            column.name,
            fragment,
            'unique',
            `\`${column.name}\` has this value in row ${first} already.`,
          ),
        )
    }
    return faults
  }

  return {
    faultsOf: (row) => {
      if (row.deleted || (unique.length === 0 && nulls.length === 0)) return []
      rows++
      for (const watched of nulls) if ((row.values[watched.place] ?? null) === null) watched.count++
      return duplicates(row)
    },
    finish: () =>
      nulls.flatMap(({ column, count }) => {
        const fault = nullShareFault(column.name, rows, count, column.contract?.max_null_share ?? 1)
        return fault ? [fault] : []
      }),
    seenUpToRow: () => lastRow,
  }
}
