import { HistogramChart } from '@/components/charts/histogram-chart'
import { TopValuesChart } from '@/components/charts/top-values-chart'
import { formatDay } from '@/components/ui/format-time'
import { Section } from '@/components/ui/section'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'
import { JudgementWord } from './judgement'
import { overlaidBins, parseCounts } from './prepare-drift'

interface WindowViewProps {
  series: DriftSeries
  window: DriftWindow
  /** Counts of the window's stored profile; null when it was not counted. */
  counts: unknown
}

function Shape({ series, window, counts }: WindowViewProps) {
  const parsed = parseCounts(counts)
  const when = `${formatDay(window.start)} and the reference`
  if (parsed?.kind === 'numeric') {
    const bins = overlaidBins(parsed.counts, series.reference)
    if (bins.length === 0) return null
    const what = series.kind === 'length' ? `Lengths of ${series.feature}` : series.feature
    return <HistogramChart bins={bins} title={`${what}, the ${series.window} of ${when}`} />
  }
  if (parsed?.kind === 'categorical') {
    return (
      <TopValuesChart
        title={`${series.feature} in the ${series.window} of ${formatDay(window.start)}`}
        values={parsed.values.slice(0, 12).map(([value, count]) => ({ value, count }))}
        total={parsed.rows - parsed.missing}
      />
    )
  }
  if (parsed?.kind === 'boolean') {
    const total = parsed.rows - parsed.missing
    return (
      <TopValuesChart
        title={`${series.feature} in the ${series.window} of ${formatDay(window.start)}`}
        values={[
          { value: 'true', count: parsed.trues },
          { value: 'false', count: total - parsed.trues },
        ]}
        total={total}
      />
    )
  }
  return null
}

/** One window: the verdict in words, and its distribution over the reference's. */
export function WindowView(props: WindowViewProps) {
  const { series, window } = props
  return (
    <Section
      id="window"
      title={`The ${series.window} of ${formatDay(window.start, true)}`}
      aside={<JudgementWord judged={window.judged} />}
    >
      <p className="prose mb-3">{window.sentence}</p>
      <Shape {...props} />
    </Section>
  )
}
