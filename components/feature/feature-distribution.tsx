import { HistogramChart } from '@/components/charts/histogram-chart'
import { TopValuesChart } from '@/components/charts/top-values-chart'
import { exactText, wordText } from '@/components/feature-group/words'
import { formatNumber, formatShare, plural } from '@/components/ui/format-number'
import { binsOf, isRepeated, present, type ShapeStatistics } from './prepare-distribution'

/** "8 of 10 values lie between −2.1 and 18.4, half of them below 6.2". */
function numericFinding({ name, quantiles }: ShapeStatistics): string {
  const at = (p: number) => quantiles?.find((one) => one.p === p)?.value
  const [low, middle, high] = [at(0.1), at(0.5), at(0.9)]
  if (low === undefined || middle === undefined || high === undefined) return name
  if (low === high) return `At least 8 of 10 values of ${name} are ${formatNumber(low)}`
  return `8 of 10 values of ${name} lie between ${formatNumber(low)} and ${formatNumber(high)}; the median is ${formatNumber(middle)}`
}

const longestInTitle = 40

const cut = (text: string) => (text.length > longestInTitle ? `${text.slice(0, longestInTitle)}…` : text)

function textFinding({ name, top, distinct, rows, nulls }: ShapeStatistics): string {
  const first = top[0]
  if (!first || distinct === null) return `Values of ${name}`
  return `${cut(wordText(first.value))} is the most frequent of ${plural(distinct, 'value')} of ${name}: ${formatShare(first.count / (rows - nulls))}`
}

/** "Lists of 24 elements", "Lists of 0 to 12 elements, 3.4 on average"; null for what is no list. */
function lengthWords({ lengths }: ShapeStatistics): string | null {
  const { min = null, max = null, mean = null } = lengths ?? {}
  if (mean === null) return null
  if (min === null || max === null) return `Lists of ${formatNumber(mean)} elements on average.`
  if (min === max) return `Lists of ${formatNumber(max)} elements.`
  return `Lists of ${formatNumber(min)} to ${formatNumber(max)} elements, ${formatNumber(mean)} on average.`
}

function Booleans({ statistics }: { statistics: ShapeStatistics }) {
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
  statistics: ShapeStatistics
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
