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

const longestInTitle = 40

const cut = (text: string) => (text.length > longestInTitle ? `${text.slice(0, longestInTitle)}…` : text)

function textFinding({ name, top, distinct, rows, nulls }: Statistics): string {
  const first = top[0]
  if (!first || distinct === null) return `Values of ${name}`
  return `${cut(wordText(first.value))} is the most frequent of ${plural(distinct, 'value')} of ${name}: ${formatShare(first.count / (rows - nulls))}`
}

/** "Lists of 24 elements", "Lists of 0 to 12 elements, 3.4 on average"; null for what is no list. */
function lengthWords({ lengths }: Statistics): string | null {
  const { min = null, max = null, mean = null } = lengths ?? {}
  if (mean === null) return null
  if (min === null || max === null) return `Lists of ${formatNumber(mean)} elements on average.`
  if (min === max) return `Lists of ${formatNumber(max)} elements.`
  return `Lists of ${formatNumber(min)} to ${formatNumber(max)} elements, ${formatNumber(mean)} on average.`
}

/** Values that occur once each have no shape. */
const isRepeated = ({ top }: Statistics): boolean => (top[0]?.count ?? 0) > 1

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
  const lengths = lengthWords(statistics)
  if (lengths) return <p>{lengths}</p>
  if (isRepeated(statistics)) {
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
  return (
    <p className="text-muted">
      {plural(statistics.distinct, 'different value')}, none of them often enough to be drawn.
    </p>
  )
}

const mostBars = 14

/** Counts for the small drawing in rows; null where there is no shape. */
export function miniCounts(statistics: Statistics): number[] | null {
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
