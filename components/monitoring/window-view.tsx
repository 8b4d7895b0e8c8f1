import { HistogramChart } from '@/components/charts/histogram-chart'
import { TopValuesChart } from '@/components/charts/top-values-chart'
import { formatDay } from '@/components/ui/format-time'
import { Section } from '@/components/ui/section'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'
import { JudgementWord } from './judgement'
import { hiddenReason, overlaidBins, overlaidValues, parseCounts } from './prepare-drift'

interface WindowViewProps {
  series: DriftSeries
  window: DriftWindow
  /** Counts of the window's stored profile; null when it was not counted. */
  counts: unknown
}

function Shape({ series, window, counts }: WindowViewProps) {
  const parsed = parseCounts(counts)
  if (parsed?.kind === 'numeric') {
    const bins = overlaidBins(parsed.counts, series.reference)
    if (bins.length === 0) return null
    const what = series.kind === 'length' ? `Lengths of ${series.feature}` : series.feature
    return (
      <HistogramChart
        bins={bins}
        title={`${what}, the ${series.window} of ${formatDay(window.start)} and the reference`}
      />
    )
  }
  const values = parsed ? overlaidValues(parsed, series.reference) : []
  if (!parsed || values.length === 0) return null
  return (
    <TopValuesChart
      title={`${series.feature}, the ${series.window} of ${formatDay(window.start)} and the reference`}
      values={values}
      total={parsed.rows - parsed.missing}
    />
  )
}

/** One window: the verdict in words, and its distribution over the reference's. */
export function WindowView(props: WindowViewProps) {
  const { series, window, counts } = props
  const hidden = hiddenReason(counts)
  return (
    <Section
      id="window"
      title={`The ${series.window} of ${formatDay(window.start, true)}`}
      aside={<JudgementWord judged={window.judged} />}
    >
      <p className="prose mb-3">{window.sentence}</p>
      <Shape {...props} />
      {hidden ? <p className="text-muted">{hidden}</p> : null}
    </Section>
  )
}
