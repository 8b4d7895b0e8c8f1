import { featureHref, groupHref } from '@/components/feature-group/place'
import { Definitions } from '@/components/monitoring/definitions'
import { DriftCharts } from '@/components/monitoring/drift-charts'
import { QuantilesOverTime } from '@/components/monitoring/quantiles-over-time'
import { WindowView } from '@/components/monitoring/window-view'
import { WindowsTable } from '@/components/monitoring/windows-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { DriftWindow } from '@/lib/monitoring/operations'
import type { GroupView } from './load-group'
import { loadSeries, type SeriesWithWindow } from './load-series'
import { Part } from './part'

interface FeatureSeriesProps {
  view: GroupView
  feature: string
  step: 'week' | 'day'
  /** A day in the window whose distribution is shown; null: the newest with rows. */
  day: string | null
}

function Head({ view, feature, step, day }: FeatureSeriesProps) {
  const { place } = view
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <h2 className="min-w-0 text-15">
        <Name name={feature} href={featureHref(place, feature)} />
      </h2>
      <SegmentedControl
        label="Window"
        value={step}
        segments={[
          { value: 'week', label: 'Weeks', href: groupHref(place, 'quality', { feature, day }) },
          { value: 'day', label: 'Days', href: groupHref(place, 'quality', { feature, window: 'day', day }) },
        ]}
      />
    </div>
  )
}

function Series(props: FeatureSeriesProps & SeriesWithWindow) {
  const { view, feature, step, series, window, counts } = props
  const hrefOf = ({ start }: DriftWindow) =>
    groupHref(view.place, 'quality', {
      feature,
      window: step === 'day' ? 'day' : null,
      day: start.slice(0, 10),
    })
  if (!series.reference) {
    return (
      <EmptyState title={series.finding}>
        The first weeks of the history become the reference; later ones are compared with it.
      </EmptyState>
    )
  }
  return (
    <>
      {series.not_judged ? <p className="text-muted">{series.not_judged}</p> : null}
      <DriftCharts series={series} />
      <QuantilesOverTime series={series} />
      {window ? <WindowView series={series} window={window} counts={counts} /> : null}
      <Section title={step === 'week' ? 'Week by week' : 'Day by day'}>
        <WindowsTable series={series} selected={window?.start ?? null} hrefOf={hrefOf} />
      </Section>
      <Definitions definitions={series.definitions} />
    </>
  )
}

/** One feature over time. */
export function FeatureSeries(props: FeatureSeriesProps) {
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <Head {...props} />
      <Part
        what="The drift series"
        environment={props.view.environment}
        work={(ctx) => loadSeries(ctx, props)}
      >
        {(found) => <Series {...props} {...found} />}
      </Part>
    </div>
  )
}
