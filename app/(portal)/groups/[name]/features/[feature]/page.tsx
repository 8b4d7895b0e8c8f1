import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { Announced } from '../../../../announced'
import { AssetDiscussion } from '../../../../asset-discussion'
import { soon } from '../../../../soon'
import type { PageParams } from '../../load-group'
import { FeatureBody } from './feature-body'
import { FeatureHeader } from './feature-header'
import { loadFeature, loadParts } from './load-feature'

interface Props {
  params: Promise<{ name: string; feature: string }>
  searchParams: Promise<PageParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, feature } = await params
  return { title: `${name}:${feature}` }
}

export default async function FeaturePage({ params, searchParams }: Props) {
  const { name, feature } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadFeature(ctx, name, feature, query), query.environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what={`Feature ${name}:${feature}`} />
  const view = loaded.value
  const parts = loadParts(view)
  // The header and the facts: everything else stands below them.
  await soon([parts.statistics, parts.series, parts.impact, parts.verdict])
  const asset = `${view.group.name}:${view.feature.name}`
  return (
    <>
      <Announced asset={{ kind: 'feature', name: asset }} />
      <FeatureHeader view={view} parts={parts} />
      <FeatureBody view={view} parts={parts} />
      <div className="mt-10">
        <AssetDiscussion kind="feature" name={asset} />
      </div>
    </>
  )
}
