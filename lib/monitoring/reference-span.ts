import { spanText, windowMs, windowStart } from './calendar'

/** The weeks of history that later windows are compared with. Milliseconds; `toMs` is the Monday after it. */
export interface ReferenceSpan {
  fromMs: number
  toMs: number
  weeks: number
  /** The history goes on past it. */
  isPast: boolean
}

const mostWeeks = 4
/** A leading week with a smaller share of the median week's rows is a stray, not the beginning. */
const strayShare = 0.05

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/**
 * The first weeks of a history: half of the weeks that it spans, at least one and at most four. `weeks` are
 * Mondays (ms) with their rows, ascending. Null without rows.
 */
export function referenceSpan(
  weeks: readonly (readonly [startMs: number, rows: number])[],
): ReferenceSpan | null {
  const least = medianOf(weeks.map(([, rows]) => rows)) * strayShare
  const first = weeks.find(([, rows]) => rows > 0 && rows >= least)
  const last = weeks.findLast(([, rows]) => rows > 0)
  if (!first || !last) return null
  const spanned = (last[0] - first[0]) / windowMs.week + 1
  const count = Math.min(mostWeeks, Math.max(1, Math.floor(spanned / 2)))
  const toMs = first[0] + count * windowMs.week
  return { fromMs: first[0], toMs, weeks: count, isPast: last[0] >= toMs }
}

/** Mondays with the rows of their weeks, from days with theirs. */
export function weeksOf(days: readonly (readonly [dayMs: number, rows: number])[]): [number, number][] {
  const weeks = new Map<number, number>()
  for (const [day, rows] of days) {
    const monday = windowStart('week', day)
    weeks.set(monday, (weeks.get(monday) ?? 0) + rows)
  }
  return [...weeks].sort(([a], [b]) => a - b)
}

/** "the first 4 weeks". */
export function referenceShortName(fromMs: number, toMs: number): string {
  const weeks = Math.round((toMs - fromMs) / windowMs.week)
  return `the first ${weeks === 1 ? 'week' : `${weeks} weeks`}`
}

/** "the first 4 weeks, 1 to 28 January 2026". */
export const referenceName = (fromMs: number, toMs: number): string =>
  `${referenceShortName(fromMs, toMs)}, ${spanText(fromMs, toMs)}`
