import Link from 'next/link'
import { Suspense } from 'react'
import { SimilarFeatures } from '@/components/catalog/similar-features'
import { FeatureDistribution } from '@/components/feature/feature-distribution'
import { FeatureFacts } from '@/components/feature/feature-facts'
import { QuantilesTable } from '@/components/feature/quantiles-table'
import { TopNumbers } from '@/components/feature/top-values'
import { groupHref } from '@/components/feature-group/place'
import { ReadersList } from '@/components/feature-group/readers-list'
import { NotReady } from '@/components/layout/not-ready'
import { Markdown } from '@/components/markdown/markdown'
import { DriftCharts } from '@/components/monitoring/drift-charts'
import { toRoute } from '@/components/ui/route'
import { Section } from '@/components/ui/section'
import { Skeleton, SkeletonText } from '@/components/ui/skeleton'
import { AssetDocumentation } from '../../../../asset-documentation'
import { NoRows } from '../../no-rows'
import type { FeatureParts, FeatureView } from './load-feature'

interface PartProps {
  view: FeatureView
  parts: FeatureParts
}

async function Shape({ view, parts }: PartProps) {
  const loaded = await parts.statistics
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The statistics" />
  const statistics = loaded.value
  if (!statistics || statistics.rows === 0) return <NoRows view={view} />
  return (
    <>
      <FeatureDistribution statistics={statistics} topRows={20} />
      {statistics.hidden ? <p className="text-muted">{statistics.hidden}</p> : null}
      {statistics.quantiles ? <QuantilesTable quantiles={statistics.quantiles} /> : null}
      {statistics.histogram ? <TopNumbers statistics={statistics} /> : null}
    </>
  )
}

async function Drift({ view, parts }: PartProps) {
  const loaded = await parts.series
  if (loaded.state !== 'ready' || !loaded.value?.reference) return null
  const href = groupHref(view.place, 'quality', { feature: view.feature.name })
  return (
    <Section
      title="Drift by week"
      aside={
        <Link href={toRoute(href)} className="link">
          Every week, with its numbers
        </Link>
      }
    >
      <DriftCharts series={loaded.value} />
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

async function Similar({ view, parts }: PartProps) {
  const loaded = await parts.similar
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="Similar features" />
  return <SimilarFeatures features={loaded.value.data} entity={view.group.entity} />
}

/** Meaning, shape and drift on the left; facts and readers on the right. */
export function FeatureBody({ view, parts }: PartProps) {
  const { feature, group } = view
  return (
    <div className="grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <div className="flex min-w-0 flex-col gap-8">
        {feature.description ? (
          <Markdown text={feature.description} idPrefix="description-" />
        ) : (
          <p className="text-muted">Nobody has written down what it means.</p>
        )}
        <Suspense fallback={<SkeletonText lines={3} />}>
          <AssetDocumentation kind="feature" name={`${group.name}:${feature.name}`} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-56" />}>
          <Shape view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-64" />}>
          <Drift view={view} parts={parts} />
        </Suspense>
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Suspense fallback={<FeatureFacts feature={feature} group={group} statistics={null} />}>
          <Facts view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Readers view={view} parts={parts} />
        </Suspense>
        <Suspense fallback={<SkeletonText lines={6} />}>
          <Similar view={view} parts={parts} />
        </Suspense>
      </div>
    </div>
  )
}
