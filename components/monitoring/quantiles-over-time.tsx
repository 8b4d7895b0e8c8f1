import { QuantileBandsChart } from '@/components/charts/quantile-bands-chart'
import type { DriftSeries } from '@/lib/monitoring/operations'

/** Quantiles of a number by window; nothing for what has none. */
export function QuantilesOverTime({ series }: { series: DriftSeries }) {
  const { feature, kind, window, windows, reference } = series
  if (windows.every(({ quantiles }) => quantiles === null)) return null
  return (
    <QuantileBandsChart
      name={kind === 'length' ? `lengths of ${feature}` : feature}
      step={window}
      reference={reference?.quantiles ?? null}
      points={windows.map(({ start, quantiles, rows, sentence }) => ({
        start,
        quantiles,
        rows,
        reason: rows === 0 ? 'no rows' : sentence.replace(/\.$/, ''),
      }))}
    />
  )
}
