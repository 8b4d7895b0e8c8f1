import { manyUnfiled } from '@/lib/offline'
import type { CheckedRow } from './check-row'
import type { RowPlan } from './row-plan'
import type { UnfiledRows } from './staged-batch'

/** More rows, or longer ones, are a file's worth. */
const mostRows = 200
const mostCharacters = 64 * 1024

/** Rows that are held for as long as they are few. */
export interface FewRows {
  /** False where the row is one too many, or none may be held. */
  add: (row: CheckedRow) => boolean
  /** The lines that were held; none are from now on. */
  spill: () => string[]
  /** What is held; null where nothing is. */
  rows: () => Omit<UnfiledRows, 'schema'> | null
}

/** Nothing about the rows has to be asked of the engine: neither values that it computes nor what a contract says of a batch. */
const areWhole = ({ hasDerived, warned, door }: RowPlan): boolean =>
  !hasDerived &&
  warned.length === 0 &&
  door.checks.length === 0 &&
  door.unique.length === 0 &&
  door.rows === null &&
  door.freshness === null

const lesser = (a: bigint | null, b: bigint) => (a === null || b < a ? b : a)
const greater = (a: bigint | null, b: bigint) => (a === null || b > a ? b : a)

export function fewRows(plan: RowPlan): FewRows {
  let isOpen = areWhole(plan) && !manyUnfiled()
  let lines: string[] = []
  let characters = 0
  let tombstones = 0
  let minEventTimeMicros: bigint | null = null
  let maxEventTimeMicros: bigint | null = null
  return {
    add: ({ line, deleted, eventTimeMicros }) => {
      if (!isOpen || lines.length >= mostRows || characters + line.length > mostCharacters) return false
      lines.push(line)
      characters += line.length
      if (deleted) tombstones++
      minEventTimeMicros = lesser(minEventTimeMicros, eventTimeMicros)
      maxEventTimeMicros = greater(maxEventTimeMicros, eventTimeMicros)
      return true
    },
    spill: () => {
      isOpen = false
      const held = lines
      lines = []
      return held
    },
    rows: () =>
      lines.length === 0
        ? null
        : { lines: lines.join(''), rows: lines.length, tombstones, minEventTimeMicros, maxEventTimeMicros },
  }
}
