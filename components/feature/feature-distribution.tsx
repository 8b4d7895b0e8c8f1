import { HistogramChart } from '@/components/charts/histogram-chart'
import type { HistogramBin } from '@/components/charts/prepare-histogram'
import { TopValuesChart } from '@/components/charts/top-values-chart'
import { exactText, wordText } from '@/components/feature-group/words'
import { formatNumber, formatShare, plural } from '@/components/ui/format-number'
import type { FeatureStatistics } from '@/lib/monitoring/operations'

type Statistics = Pick<
  FeatureStatistics,
  'name' | 'rows' | 'nulls' | 'histogram' | 'quantiles' | 'top' | 'other' | 'trues' | 'distinct' | 'lengths'
>

/** The bins of the statistics; the outer ones are closed by the least and greatest value where those are shown. */
function binsOf({ histogram, quantiles }: Statistics): HistogramBin[] {
  if (!histogram) return []
  const least = quantiles?.find(({ p }) => p === 0)?.value ?? null
  const greatest = quantiles?.find(({ p }) => p === 1)?.value ?? null
  return histogram.counts.map((count, index) => ({
    lower: index === 0 ? least : (histogram.edges[index - 1] ?? null),
    upper: histogram.edges[index] ?? greatest,
    count,
  }))
}

/** "8 of 10 values lie between −2.1 and 18.4, half of them below 6.2". */
function numericFinding({ name, quantiles }: Statistics): string {
  const at = (p: number) => quantiles?.find((one) => one.p === p)?.value
  const [low, middle, high] = [at(0.1), at(0.5), at(0.9)]
  if (low === undefined || middle === undefined || high === undefined) return name
  if (low === high) return `At least 8 of 10 values of ${name} are ${formatNumber(low)}`
  return `8 of 10 values of ${name} lie between ${formatNumber(low)} and ${formatNumber(high)}; the median is ${formatNumber(middle)}`
}

function textFinding({ name, top, distinct, rows, nulls }: Statistics): string {
  const first = top[0]
  if (!first || distinct === null) return `Values of ${name}`
  return `${wordText(first.value)} is the most frequent of ${plural(distinct, 'value')} of ${name}: ${formatShare(first.count / (rows - nulls))}`
}

const present = ({ rows, nulls }: Statistics) => rows - nulls

function Booleans({ statistics }: { statistics: Statistics }) {
  const trues = statistics.trues ?? 0
  const total = present(statistics)
  return (
    <TopValuesChart
      title={`${statistics.name} is true in ${formatShare(total > 0 ? trues / total : null)} of rows`}
      values={[
        { value: 'true', count: trues },
        { value: 'false', count: total - trues },
      ]}
      total={total}
    />
  )
}

/** The shape of a feature's history: a histogram, the most frequent values, or why there is none. */
export function FeatureDistribution({
  statistics,
  topRows = 10,
}: {
  statistics: Statistics
  topRows?: number
}) {
  const total = present(statistics)
  if (statistics.distinct === null) return <p className="text-muted">Too few rows to show their values.</p>
  if (total <= 0) return <p className="text-muted">All {plural(statistics.rows, 'row')} are null.</p>
  if (statistics.trues !== null) return <Booleans statistics={statistics} />
  const bins = binsOf(statistics)
  if (bins.length > 0) return <HistogramChart bins={bins} title={numericFinding(statistics)} />
  if (statistics.top.length > 0) {
    return (
      <TopValuesChart
        title={textFinding(statistics)}
        values={statistics.top
          .slice(0, topRows)
          .map(({ value, count }) => ({ value: exactText(value), count }))}
        total={total}
      />
    )
  }
  const { min = null, max = null, mean = null } = statistics.lengths ?? {}
  if (mean !== null) {
    return min === null ? (
      <p>Lists of {formatNumber(mean)} elements on average.</p>
    ) : (
      <p>
        Lists of {formatNumber(min)} to {formatNumber(max)} elements, {formatNumber(mean)} on average.
      </p>
    )
  }
  return (
    <p className="text-muted">{plural(statistics.distinct, 'different value')}; their shape is not drawn.</p>
  )
}

/** Counts for the small drawing in rows; null where there is no shape. */
export function miniCounts(statistics: Statistics): number[] | null {
  if (present(statistics) <= 0) return null
  if (statistics.trues !== null) return [present(statistics) - statistics.trues, statistics.trues]
  if (statistics.histogram) return foldCounts(statistics.histogram.counts)
  const top = statistics.top.map(({ count }) => count)
  return top.length > 0 ? top.slice(0, 14) : null
}

const mostBars = 14

/** At most 14 bars, so that each stays two pixels wide. */
export function foldCounts(counts: readonly number[]): number[] {
  const size = Math.ceil(counts.length / mostBars)
  if (size <= 1) return [...counts]
  return Array.from({ length: Math.ceil(counts.length / size) }, (_, bar) =>
    counts.slice(bar * size, (bar + 1) * size).reduce((sum, count) => sum + count, 0),
  )
}
