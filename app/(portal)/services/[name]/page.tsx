import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { NotReady } from '@/components/layout/not-ready'
import { ServicePage } from '@/components/service/service-page'
import { Skeleton } from '@/components/ui/skeleton'
import { load } from '@/lib/http/page-context'
import { Announced } from '../../announced'
import { AssetActivity } from '../../asset-activity'
import { AssetCertification } from '../../asset-certification'
import { AssetDiscussion } from '../../asset-discussion'
import { AssetDocumentation } from '../../asset-documentation'
import { PartsOnTheirWayOut } from '../../deprecated-parts'
import { FollowAsset } from '../../follow-asset'
import { loadService, tabOf } from './load-service'
import { UsageOfService } from './usage'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function FeatureServicePage({ params, searchParams }: Props) {
  const { name } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadService(ctx, name), query.environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The feature service" />
  const { service, environment } = loaded.value
  const tab = tabOf(query.tab)
  return (
    <>
      <Announced asset={{ kind: 'service', name }} />
      <PartsOnTheirWayOut what="service" parts={service.selection} />
      <ServicePage
        {...loaded.value}
        follow={<FollowAsset kind="service" name={name} />}
        certification={<AssetCertification kind="service" name={name} />}
        tab={tab}
        usage={
          <Suspense fallback={<Skeleton className="h-56" />}>
            <UsageOfService name={name} environment={environment} />
          </Suspense>
        }
        activity={<AssetActivity kind="service" name={name} query={query} />}
      />
      {tab === 'overview' ? (
        <div className="mt-10 flex flex-col gap-10">
          <AssetDocumentation kind="service" name={name} />
          <AssetDiscussion kind="service" name={name} />
        </div>
      ) : null}
    </>
  )
}
