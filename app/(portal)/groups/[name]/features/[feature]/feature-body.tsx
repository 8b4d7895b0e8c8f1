import Link from 'next/link'
import { Suspense } from 'react'
import { SimilarFeatures } from '@/components/catalog/similar-features'
import { FeatureDistribution } from '@/components/feature/feature-distribution'
import { FeatureFacts } from '@/components/feature/feature-facts'
import { FreshnessList } from '@/components/feature/freshness-list'
import { QuantilesTable } from '@/components/feature/quantiles-table'
import { TopNumbers } from '@/components/feature/top-values'
import { groupHref } from '@/components/feature-group/place'
import { ReadersList } from '@/components/feature-group/readers-list'
import { ReadsByDay } from '@/components/feature-group/reads-by-day'
import { NotReady } from '@/components/layout/not-ready'
import { DriftCharts } from '@/components/monitoring/drift-charts'
import { hiddenReason } from '@/components/monitoring/prepare-drift'
import { QuantilesOverTime } from '@/components/monitoring/quantiles-over-time'
import { WindowShape } from '@/components/monitoring/window-view'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Skeleton, SkeletonText } from '@/components/ui/skeleton'
import { AssetDocumentation } from '../../../../asset-documentation'
import { Described } from '../../../../described'
import { NoRows } from '../../no-rows'
import type { FeatureParts, FeatureView } from './load-feature'
import { Together } from './together'

interface PartProps {
  view: FeatureView
  parts: FeatureParts
}

/** The newest week over the reference, and quantiles by week. */
async function OverTime({ view, parts }: PartProps) {
  const loaded = await parts.series
  if (loaded.state !== 'ready' || !loaded.value?.series.reference) return null
  const { series, window, counts } = loaded.value
  const href = groupHref(view.place, 'quality', { feature: view.feature.name })
  return (
    <>
      {window ? (
        <Section title="Distribution">
          <WindowShape series={series} window={window} counts={counts} />
          {hiddenReason(counts) ? <p className="text-muted">{hiddenReason(counts)}</p> : null}
        </Section>
      ) : null}
      {series.windows.some(({ quantiles }) => quantiles !== null) ? (
        <Section title="Quantiles over time">
          <QuantilesOverTime series={series} />
        </Section>
      ) : null}
      <Section
        title="Drift and nulls over time"
        aside={
          <Link href={toRoute(href)} className="link">
            Every week, with its numbers
          </Link>
        }
      >
        <DriftCharts series={series} />
      </Section>
    </>
  )
}

/** What all rows of the history say. */
async function History({ view, parts }: PartProps) {
  const loaded = await parts.statistics
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The statistics" />
  const statistics = loaded.value
  if (!statistics || statistics.rows === 0) return <NoRows view={view} />
  return (
    <Section title="Whole history" id="history">
      <div className="flex flex-col gap-6">
        <FeatureDistribution statistics={statistics} topRows={20} />
        {statistics.hidden ? <p className="text-muted">{statistics.hidden}</p> : null}
        {statistics.quantiles ? <QuantilesTable quantiles={statistics.quantiles} /> : null}
        {statistics.histogram ? <TopNumbers statistics={statistics} /> : null}
      </div>
    </Section>
  )
}

async function Facts({ view, parts }: PartProps) {
  const loaded = await parts.statistics
  return (
    <FeatureFacts
      feature={view.feature}
      group={view.group}
      statistics={loaded.state === 'ready' ? loaded.value : null}
    />
  )
}

async function Readers({ view, parts }: PartProps) {
  const loaded = await parts.impact
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The readers" />
  return <ReadersList impact={loaded.value} usageHref={groupHref(view.place, 'usage')} />
}

/** Reads of this feature by day; nothing where nobody read it, which the readers say. */
async function Reads({ parts }: Pick<PartProps, 'parts'>) {
  const loaded = await parts.usage
  if (loaded.state !== 'ready' || loaded.value.reads === 0) return null
  return <ReadsByDay usage={loaded.value} heightPx={96} />
}

async function Freshness({ view, parts }: PartProps) {
  const loaded = await parts.freshness
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The freshness" />
  const hrefOf = (name: string) =>
    groupHref({ ...view.place, environment: name === 'prod' ? null : name }, 'data')
  return (
    <FreshnessList environments={loaded.value.map((one) => ({ ...one, href: hrefOf(one.environment) }))} />
  )
}

async function Similar({ view, parts }: PartProps) {
  const loaded = await parts.similar
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="Similar features" />
  return <SimilarFeatures features={loaded.value.data} entity={view.group.entity} />
}

/** Meaning, shape and drift on the left; facts, freshness and readers on the right. */
export function FeatureBody({ view, parts }: PartProps) {
  const { feature, group } = view
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <div className="flex min-w-0 flex-col gap-8">
        {feature.description ? (
          <Described text={feature.description} />
        ) : (
          <p className="text-muted">Nobody has written down what it means.</p>
        )}
        <Suspense fallback={<SkeletonText lines={3} />}>
          <AssetDocumentation kind="feature" name={`${group.name}:${feature.name}`} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-128" />}>
          <OverTime view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-56" />}>
          <History view={view} parts={parts} />
        </Suspense>
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Suspense fallback={<FeatureFacts feature={feature} group={group} statistics={null} />}>
          <Facts view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={3} />}>
          <Freshness view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-24" />}>
          <Reads parts={parts} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Readers view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={null}>
          <Together feature={`${group.name}:${feature.name}`} environment={view.environment} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Similar view={view} parts={parts} />
        </Suspense>
      </div>
    </div>
  )
}
