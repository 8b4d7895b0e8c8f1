import { type Judged, level } from './judge'
import { wilsonLowerBound } from './tests-of-rates'
import { SKEW_THRESHOLDS } from './thresholds'

type Value = number | string | boolean | null

/** One key at one event time as both stores have it; undefined: not there. Null is a value: missing. */
export interface JoinedRow {
  key: string
  eventTime: string
  offline?: Value | undefined
  online?: Value | undefined
}

/** How far two numbers may be apart: `absolute`, or `relative` to the greater of the two. */
export interface Tolerances {
  absolute: number
  relative: number
}

/** Row by row comparison of the stores. Rates are null, and never 0, without joined rows. */
export interface Skew {
  joined: number
  matches: number
  mismatches: number
  onlyOffline: number
  onlyOnline: number
  mismatchRate: number | null
  /** Lower bound of the rate at 95 %: what decides. */
  lowerBound: number | null
  judged: Judged
  /** The first pairs that differ. */
  samples: JoinedRow[]
}

const MOST_SAMPLES = 20

/** Equal, or both missing (null or NaN), or numbers within a tolerance. */
export function sameValue(a: Value, b: Value, { absolute, relative }: Tolerances): boolean {
  const missing = (value: Value) => value === null || Number.isNaN(value)
  if (missing(a) || missing(b)) return missing(a) && missing(b)
  if (a === b) return true
  if (typeof a !== 'number' || typeof b !== 'number') return false
  const apart = Math.abs(a - b)
  return apart <= absolute || apart <= relative * Math.max(Math.abs(a), Math.abs(b))
}

/**
 * Online against offline on rows joined on key and event time. Judged on Wilson's lower bound (1927) of the share
 * of joined rows that differ, so that one row in few is no alarm; rows of one side alone are counted apart.
 */
export function skew(
  rows: Iterable<JoinedRow>,
  tolerances: Tolerances = { absolute: 0, relative: 1e-9 },
  { mismatchRate: limits, fewestRows }: typeof SKEW_THRESHOLDS = SKEW_THRESHOLDS,
): Skew {
  const found = { matches: 0, mismatches: 0, onlyOffline: 0, onlyOnline: 0 }
  const samples: JoinedRow[] = []
  for (const row of rows) {
    const { offline, online } = row
    if (offline === undefined && online === undefined) continue
    if (online === undefined) found.onlyOffline += 1
    else if (offline === undefined) found.onlyOnline += 1
    else if (sameValue(offline, online, tolerances)) found.matches += 1
    else {
      found.mismatches += 1
      if (samples.length < MOST_SAMPLES) samples.push(row)
    }
  }
  const joined = found.matches + found.mismatches
  const lowerBound = wilsonLowerBound(found.mismatches, joined)
  const judged = joined === 0 ? 'no_data' : joined < fewestRows ? 'low_confidence' : level(lowerBound, limits)
  return {
    joined,
    ...found,
    mismatchRate: joined === 0 ? null : found.mismatches / joined,
    lowerBound,
    judged: judged ?? 'no_data',
    samples,
  }
}
