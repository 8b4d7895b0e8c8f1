import { formatTimestamp } from '@/lib/core/feature-type'
import type { WatchedKind, WindowCounts } from '@/lib/offline'
import type { DriftResult } from './distances/compare-profiles'
import type { NumericProfile, Profile } from './distances/profile'
import { finiteOrNull } from './distances/sums'
import { emptyFrame } from './profile-of'
import type { Reference } from './reference'

/** A window of a numeric feature without the edges, which its reference keeps. */
type NumericCounts = Omit<NumericProfile, 'bins' | 'grid'> & {
  grid: { counts: number[]; sums: number[] } | null
}

type WindowCountsStored = NumericCounts | Exclude<Profile, NumericProfile>

/** What a window says beside what is compared. */
export interface WindowFacts {
  nan: number
  positiveInfinity: number
  negativeInfinity: number
  /** Of the finite values; null where a double cannot hold it. */
  sum: number | null
  /** Null for kinds whose values are not told apart. */
  distinct: number | null
  isDistinctEstimated: boolean
  newestEventTime: string | null
  /** Rows whose event time lay in the future when they were counted. */
  futureRows: number
}

export function factsOf(kind: WatchedKind, counts: WindowCounts): WindowFacts {
  const { nan, positiveInfinity, negativeInfinity, mean, distinct, newestMicros, futureRows } = counts
  const finite = counts.rows - counts.nulls - nan - positiveInfinity - negativeInfinity
  return {
    nan,
    positiveInfinity,
    negativeInfinity,
    sum: mean === null ? null : finiteOrNull(mean * finite),
    distinct: kind === 'boolean' || kind === 'presence' ? null : distinct,
    isDistinctEstimated: counts.isDistinctEstimated,
    newestEventTime: newestMicros === null ? null : formatTimestamp(newestMicros),
    futureRows,
  }
}

/** What is stored of one feature in one window. `result` judges it against its reference. */
export interface WindowStatistics {
  counts: WindowCountsStored
  result: DriftResult
  /** Absent of what was served, and of windows counted before it was kept. */
  facts?: WindowFacts
}

export function withoutEdges(profile: Profile): WindowCountsStored {
  if (profile.kind !== 'numeric') return profile
  const { bins: _, grid, ...counts } = profile
  return { ...counts, grid: grid && { counts: grid.counts, sums: grid.sums } }
}

/** The window's profile with the edges of the reference that it was counted on. */
export function withEdges(counts: WindowCountsStored, { basis }: Pick<Reference, 'basis'>): Profile {
  if (counts.kind !== 'numeric') return counts
  const frame = basis && 'frame' in basis ? basis.frame : emptyFrame
  const { grid } = counts
  return { ...counts, bins: frame.bins, grid: grid && { edges: frame.gridEdges, ...grid } }
}
