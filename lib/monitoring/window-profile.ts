import type { DriftResult } from './distances/compare-profiles'
import type { NumericProfile, Profile } from './distances/profile'
import { emptyFrame } from './profile-of'
import type { Reference } from './reference'

/** A window of a numeric feature without the edges, which its reference keeps. */
type NumericCounts = Omit<NumericProfile, 'bins' | 'grid'> & {
  grid: { counts: number[]; sums: number[] } | null
}

type WindowCountsStored = NumericCounts | Exclude<Profile, NumericProfile>

/** What is stored of one feature in one window. `result` judges it against its reference. */
export interface WindowStatistics {
  counts: WindowCountsStored
  result: DriftResult
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
