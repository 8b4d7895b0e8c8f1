import { quantileType7 } from './bins'
import type { Level } from './judge'
import { VOLUME_THRESHOLDS } from './thresholds'

/** Rows of a window against what its weekday usually brings. */
export interface Volume {
  status: Level | 'no_data'
  /** Median of the earlier windows of the same weekday; null without any. */
  expectedRows: number | null
  /** Rows ÷ expected; null where nothing is expected. */
  ratio: number | null
}

/**
 * rows ÷ median of the rows of earlier windows of the same weekday. Without earlier windows, or where their median
 * is 0, there is nothing to judge by: no_data, never ok.
 */
export function volume(
  rows: number,
  sameWeekdayRows: readonly number[],
  limits: typeof VOLUME_THRESHOLDS = VOLUME_THRESHOLDS,
): Volume {
  if (sameWeekdayRows.length === 0) return { status: 'no_data', expectedRows: null, ratio: null }
  const sorted = Float64Array.from(sameWeekdayRows).sort()
  const expectedRows = quantileType7(sorted, 1, 2)
  if (expectedRows === 0) return { status: 'no_data', expectedRows, ratio: null }
  const ratio = rows / expectedRows
  const within = ({ least, most }: { least: number; most: number }) => ratio >= least && ratio <= most
  if (!within(limits.fail)) return { status: 'fail', expectedRows, ratio }
  return { status: within(limits.warn) ? 'ok' : 'warn', expectedRows, ratio }
}
