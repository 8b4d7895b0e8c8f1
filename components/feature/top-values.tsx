import { TopValuesChart } from '@/components/charts/top-values-chart'
import { exactText } from '@/components/feature-group/words'
import type { FeatureStatistics } from '@/lib/monitoring/operations'

const shown = 12

/** The most frequent values of a number: repeated ones say more than a histogram. Nothing when all are rare. */
export function TopNumbers({ statistics }: { statistics: FeatureStatistics }) {
  const { top, rows, nulls, distinct, name } = statistics
  const total = rows - nulls
  const [first] = top
  const isRepeated = first !== undefined && first.count > 1 && distinct !== null && distinct < total / 2
  if (!isRepeated) return null
  return (
    <TopValuesChart
      title={`Most frequent values of ${name}`}
      values={top.slice(0, shown).map(({ value, count }) => ({ value: exactText(value), count }))}
      total={total}
    />
  )
}
