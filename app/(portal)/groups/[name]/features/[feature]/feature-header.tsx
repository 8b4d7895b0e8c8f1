import { Suspense } from 'react'
import { DayStrip } from '@/components/charts/day-strip'
import { featureVerdict } from '@/components/feature/feature-verdict'
import { DeprecationCallout } from '@/components/feature-group/deprecation-callout'
import { groupHref } from '@/components/feature-group/place'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { PageHeader } from '@/components/layout/page-header'
import { Lifecycle } from '@/components/ui/lifecycle'
import { VerdictLine } from '@/components/ui/verdict-line'
import { UseIt } from '@/components/use-it/use-it'
import { load } from '@/lib/http/page-context'
import { getDayStrip } from '@/lib/monitoring'
import { VerdictSkeleton } from '../../group-verdict'
import { usableAsset } from '../../usable-asset'
import type { FeatureParts, FeatureView } from './load-feature'

interface HeaderProps {
  view: FeatureView
  parts: FeatureParts
}

async function Verdict({ view, parts }: HeaderProps) {
  const [statistics, series, impact] = await Promise.all([parts.statistics, parts.series, parts.impact])
  return (
    <VerdictLine
      clauses={featureVerdict({
        statistics: statistics.state === 'ready' ? statistics.value : null,
        series: series.state === 'ready' ? series.value : null,
        readers: impact.state === 'ready' ? impact.value.consumers.length : null,
        team: view.group.owner_team,
        qualityHref: groupHref(view.place, 'quality', { feature: view.feature.name }),
        usageHref: groupHref(view.place, 'usage'),
      })}
    />
  )
}

async function Strip({ view }: { view: FeatureView }) {
  const { group, feature, place, environment } = view
  const name = `${group.name}:${feature.name}`
  const loaded = await load((ctx) => getDayStrip(ctx, [name]), environment)
  const days = loaded.state === 'ready' ? (loaded.value.get(name) ?? []) : []
  if (days.length === 0) return null
  return (
    <DayStrip
      size="header"
      className="mr-2"
      label={`Last 28 days of ${name}`}
      days={days.map((day) => ({
        ...day,
        href: groupHref(place, 'quality', { feature: feature.name, day: day.date }),
      }))}
    />
  )
}

/** Where the feature stands, its type and state, and code that reads it. */
export function FeatureHeader({ view, parts }: HeaderProps) {
  const { group, feature, place, environment } = view
  const whole = usableAsset(view)
  const asset = { ...whole, features: whole.features.filter(({ name }) => name === feature.name) }
  return (
    <PageHeader
      size="asset"
      breadcrumbs={{
        crumbs: [
          { label: 'Catalogue', href: '/catalog' },
          { label: group.name, href: groupHref(place), mono: true },
          { label: feature.name, mono: true },
        ],
        fullName: `${group.name}@${group.version}:${feature.name}`,
      }}
      before={<KindGlyph kind="feature" title="Feature" className="text-muted" />}
      title={feature.name}
      after={
        <>
          <span className="font-mono text-13 text-muted">{feature.type}</span>
          <span className="font-mono text-13 text-muted">@{group.version}</span>
          <Lifecycle state={group.state} />
          {feature.role === 'label' ? <span className="text-12 text-muted">label</span> : null}
        </>
      }
      actions={
        <>
          <Suspense>
            <Strip view={view} />
          </Suspense>
          {feature.role === 'feature' ? <UseIt asset={asset} environment={environment} /> : null}
        </>
      }
      status={
        <>
          <Suspense fallback={<VerdictSkeleton />}>
            <Verdict view={view} parts={parts} />
          </Suspense>
          <DeprecationCallout deprecation={group.deprecation} />
        </>
      }
    />
  )
}
