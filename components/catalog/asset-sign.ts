import type { Day } from '@/components/charts/day-strip-summary'

/** What a row says of an asset's life beside its words; what is not known is absent. */
export interface AssetSign {
  /** 28 days, oldest first. */
  days?: readonly Day[]
  /** Counts by bin of the whole history. */
  distribution?: readonly number[]
  /** Distinct consumers in the last 30 days, from real reads. */
  readers?: number
  /** Reads by week, oldest first, the last twelve. */
  weeklyReads?: readonly number[]
}
