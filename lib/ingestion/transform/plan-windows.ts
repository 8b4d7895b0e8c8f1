import type { Span } from './spans'
import { ceilTo, floorTo } from './window-time'

/** What the inputs hold that no run has taken in; null: nothing, or nobody knows its times. */
export interface News {
  earliest: bigint | null
  latest: bigint | null
}

export interface WindowPlan {
  /** Null before the first run. */
  watermark: bigint | null
  now: bigint
  /** Asked for by the caller; null: as far as there is anything. */
  until: bigint | null
  news: News
  /** How far the files of the inputs go; null: no input tells. */
  reach: bigint | null
  interval: bigint | null
  lookback: bigint | null
}

/** Earlier than any event: the first run computes everything. */
export const beginningMicros = -62_135_596_800_000_000n

const least = (...values: (bigint | null)[]): bigint | null =>
  values.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null)

/** Where a run ends: now, and with a grid at the end of the last interval for which data can have come. */
function endOf({ now, until, reach, interval }: WindowPlan): bigint {
  if (until !== null) return until
  if (interval === null) return now
  const wholeNow = floorTo(now, interval)
  return reach === null ? wholeNow : (least(wholeNow, ceilTo(reach, interval)) ?? wholeNow)
}

/**
 * The part behind the watermark that late input rows have changed. On a grid, a window that closes at t holds what is
 * earlier than t; without one, and without a look-back, a row at t is made from the input at t.
 */
function reopened({ watermark, news, interval, lookback }: WindowPlan): Span | null {
  const { earliest, latest } = news
  if (watermark === null || earliest === null || latest === null) return null
  const grid = lookback === 0n ? null : interval
  const from = grid === null ? earliest - 1n : floorTo(earliest, grid)
  const last = grid === null ? latest : ceilTo(latest, grid)
  const to = lookback === null ? watermark : (least(watermark, last + lookback) ?? watermark)
  return from < to ? { from, to } : null
}

/** The windows that a run computes, oldest first: what late rows re-opened, then what follows on the watermark. */
export function planWindows(plan: WindowPlan): Span[] {
  const end = endOf(plan)
  const watermark = plan.watermark ?? beginningMicros
  const late = reopened(plan)
  if (late && late.to >= watermark) return [{ from: late.from, to: end > late.to ? end : late.to }]
  return [...(late ? [late] : []), ...(end > watermark ? [{ from: watermark, to: end }] : [])]
}

/** A span in pieces of at most `step`, which end on its multiples. */
export function pieces({ from, to }: Span, step: bigint): Span[] {
  const made: Span[] = []
  for (let start = from; start < to; ) {
    const next = floorTo(start, step) + step
    const end = next < to ? next : to
    made.push({ from: start, to: end })
    start = end
  }
  return made
}
