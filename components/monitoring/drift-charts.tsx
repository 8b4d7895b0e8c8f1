import { EffectSeriesChart } from '@/components/charts/effect-series-chart'
import type { DriftSeries } from '@/lib/monitoring/operations'
import { driftCharts } from './prepare-drift'

const noteOf = ({ reference, window }: DriftSeries): string =>
  [
    reference ? `against ${reference.name}${reference.frozen ? '' : ' (not frozen yet)'}` : null,
    `${window}s, UTC`,
  ]
    .filter(Boolean)
    .join(' · ')

/** The series of one feature: how far it moved, and its nulls beside. `first` draws only what says most. */
export function DriftCharts({ series, first = false }: { series: DriftSeries; first?: boolean }) {
  const charts = driftCharts(series)
  return (
    <div className="flex flex-col gap-6">
      {charts.slice(0, first ? 1 : undefined).map(({ id, title, ...input }, index) => (
        <EffectSeriesChart
          key={id}
          {...input}
          {...(title ? { title } : {})}
          note={index === 0 ? `${input.measure} · ${noteOf(series)}` : input.measure}
          heightPx={index === 0 ? 180 : 96}
        />
      ))}
    </div>
  )
}
