import type { WatchedKind, WindowCounts } from '@/lib/offline'
import type { NumericFrame, Profile } from './distances/profile'
import { numericProfileOf } from './frames'

/** What is frozen with a reference: bins and grid of a numeric one, the listed values of a categorical one. */
export type Frozen = { frame: NumericFrame } | { values: string[] } | null

export const emptyFrame: NumericFrame = {
  bins: { method: 'discrete', edges: [] },
  gridEdges: [],
  min: Infinity,
  max: -Infinity,
}

/** A window without a single row. */
export const noCounts = (column: string): WindowCounts => ({
  column,
  startMicros: null,
  rows: 0,
  nulls: 0,
  nan: 0,
  positiveInfinity: 0,
  negativeInfinity: 0,
  min: null,
  max: null,
  mean: null,
  m2: null,
  trues: 0,
  distinct: 0,
  fractional: 0,
  isDistinctEstimated: false,
  newestMicros: null,
  futureRows: 0,
  cells: [],
  values: [],
})

/** The profile that the distances compare, from the engine's counts on what the reference froze. */
export function profileOf(kind: WatchedKind, frozen: Frozen, counts: WindowCounts): Profile {
  const { rows, nulls } = counts
  if (kind === 'numeric' || kind === 'length') {
    return numericProfileOf(frozen && 'frame' in frozen ? frozen.frame : emptyFrame, counts)
  }
  if (kind === 'categorical') {
    const listed = counts.values.reduce((total, [, count]) => total + count, 0)
    return { kind, rows, missing: nulls, values: counts.values, other: rows - nulls - listed }
  }
  return { kind: 'boolean', rows, missing: nulls, trues: counts.trues }
}
