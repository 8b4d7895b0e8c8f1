import type { HistogramBin } from '@/components/charts/prepare-histogram'
import type { FeatureStatistics } from '@/lib/monitoring/operations'

export type ShapeStatistics = Pick<
  FeatureStatistics,
  'name' | 'rows' | 'nulls' | 'histogram' | 'quantiles' | 'top' | 'other' | 'trues' | 'distinct' | 'lengths'
>

/** The bins of the statistics; the outer ones are closed by the least and greatest value where those are shown. */
export function binsOf({ histogram, quantiles }: ShapeStatistics): HistogramBin[] {
  if (!histogram) return []
  const least = quantiles?.find(({ p }) => p === 0)?.value ?? null
  const greatest = quantiles?.find(({ p }) => p === 1)?.value ?? null
  return histogram.counts.map((count, index) => ({
    lower: index === 0 ? least : (histogram.edges[index - 1] ?? null),
    upper: histogram.edges[index] ?? greatest,
    count,
  }))
}

/** Values that occur once each have no shape. */
export const isRepeated = ({ top }: ShapeStatistics): boolean => (top[0]?.count ?? 0) > 1

export const present = ({ rows, nulls }: ShapeStatistics) => rows - nulls

const mostBars = 14

/** Counts for the small drawing in rows; null where there is no shape. */
export function miniCounts(statistics: ShapeStatistics): number[] | null {
  if (present(statistics) <= 0) return null
  if (statistics.trues !== null) return [present(statistics) - statistics.trues, statistics.trues]
  if (statistics.histogram) return foldCounts(statistics.histogram.counts)
  if (statistics.lengths || !isRepeated(statistics)) return null
  return statistics.top.slice(0, mostBars).map(({ count }) => count)
}

/** At most 14 bars, so that each stays two pixels wide. */
export function foldCounts(counts: readonly number[]): number[] {
  const size = Math.ceil(counts.length / mostBars)
  if (size <= 1) return [...counts]
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, bar) =>
    counts.slice(bar * size, (bar + 1) * size).reduce((sum, count) => sum + count, 0),
  )
}
