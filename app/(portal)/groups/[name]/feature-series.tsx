import { featureHref, groupHref } from '@/components/feature-group/place'
import { Definitions } from '@/components/monitoring/definitions'
import { DriftCharts } from '@/components/monitoring/drift-charts'
import { windowOf } from '@/components/monitoring/prepare-drift'
import { WindowView } from '@/components/monitoring/window-view'
import { WindowsTable } from '@/components/monitoring/windows-table'
import { EmptyState } from '@/components/ui/empty-state'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { Context } from '@/lib/core/context'
import { getDriftSeries, listProfiles } from '@/lib/monitoring'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'
import type { GroupView } from './load-group'
import { Part } from './part'

interface FeatureSeriesProps {
  view: GroupView
  feature: string
  step: 'week' | 'day'
  /** A day in the window whose distribution is shown; null: the newest with rows. */
  day: string | null
}

interface Found {
  series: DriftSeries
  window: DriftWindow | null
  counts: unknown
}

const seriesOf =
  ({ view, feature, step, day }: FeatureSeriesProps) =>
  async (ctx: Context): Promise<Found> => {
    const at = { group: view.group.name, version: view.group.version, environment: view.environment, feature }
    const series = await getDriftSeries(ctx, { ...at, window: step })
    const window = windowOf(series, day)
    if (!window) return { series, window, counts: null }
    // A date means its whole day, so the window that starts on it is the one that overlaps.
    const from = window.start.slice(0, 10)
    const { data } = await listProfiles(ctx, { ...at, window: step, from, to: from, limit: 10 })
    const profile = data.find(({ window_start: start }) => start === window.start)
    return { series, window, counts: profile?.counts ?? null }
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

function Series(props: FeatureSeriesProps & Found) {
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
      <Part what="The drift series" environment={props.view.environment} work={seriesOf(props)}>
        {(found) => <Series {...props} {...found} />}
      </Part>
    </div>
  )
}
