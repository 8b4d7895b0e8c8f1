import { at } from './sums'

/** Lag behind the newest event. `futureRows` and `missingTimes` are counted apart: one bad stamp masks staleness. */
export interface Freshness {
  status: 'ok' | 'warn' | 'fail' | 'no_data'
  lagSeconds: number | null
  futureRows: number
  missingTimes: number
}

/**
 * now − newest event time, never below 0; warn and fail from their threshold on, inclusive. Without any event
 * time the status is no_data, never ok.
 */
export function freshness(
  nowMs: number,
  eventTimesMs: readonly (number | null)[],
  thresholds: { warnSeconds: number; failSeconds: number },
): Freshness {
  const known = eventTimesMs.filter((time) => time !== null)
  const futureRows = known.filter((time) => time > nowMs).length
  const missingTimes = eventTimesMs.length - known.length
  if (known.length === 0) return { status: 'no_data', lagSeconds: null, futureRows, missingTimes }
  const newestMs = known.reduce((newest, time) => Math.max(newest, time), at(known, 0))
  const lagSeconds = Math.max(0, (nowMs - newestMs) / 1000)
  const stale = lagSeconds >= thresholds.warnSeconds ? 'warn' : 'ok'
  return {
    status: lagSeconds >= thresholds.failSeconds ? 'fail' : stale,
    lagSeconds,
    futureRows,
    missingTimes,
  }
}
