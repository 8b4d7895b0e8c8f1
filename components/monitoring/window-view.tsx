import { HistogramChart } from '@/components/charts/histogram-chart'
import { TopValuesChart } from '@/components/charts/top-values-chart'
import { formatDay } from '@/components/ui/format-time'
import { Section } from '@/components/ui/section'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'
import { JudgementWord } from './judgement'
import { hiddenReason, overlaidBins, overlaidValues, parseCounts } from './prepare-drift'
import { windowFinding } from './window-finding'

interface WindowViewProps {
  series: DriftSeries
  window: DriftWindow
  /** Counts of the window's stored profile; null when it was not counted. */
  counts: unknown
}

/** The distribution of one window over its reference's; nothing where neither can be drawn. */
export function WindowShape({ series, window, counts }: WindowViewProps) {
  const parsed = parseCounts(counts)
  if (!parsed) return null
  if (parsed.kind === 'numeric') {
    const bins = overlaidBins(parsed.counts, series.reference)
    return bins.length === 0 ? null : <HistogramChart bins={bins} title={windowFinding(series, window)} />
  }
  const values = overlaidValues(parsed, series.reference)
  const total = parsed.rows - parsed.missing
  const [first] = values
  if (!first) return null
  const most = parsed.kind === 'categorical' ? { value: first.value, share: first.count / total } : null
  return <TopValuesChart title={windowFinding(series, window, most)} values={values} total={total} />
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
      <WindowShape {...props} />
      {hidden ? <p className="text-muted">{hidden}</p> : null}
    </Section>
  )
}
