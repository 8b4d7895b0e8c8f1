import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Suspense } from 'react'
import { GroupHeader } from '@/components/feature-group/group-header'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { Announced } from '../../announced'
import { AssetCertification } from '../../asset-certification'
import { FollowAsset } from '../../follow-asset'
import { Actions } from './actions'
import { Endings } from './endings'
import { GroupStrip, GroupVerdict, StripSkeleton, VerdictSkeleton } from './group-verdict'
import { loadGroup, type PageParams, tabOf } from './load-group'
import { GroupTabContent, TabSkeleton } from './tab-content'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<PageParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function GroupPage({ params, searchParams }: Props) {
  const { name } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadGroup(ctx, name, query), query.environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what={`Feature group ${name}`} />
  const view = loaded.value
  const tab = tabOf(query)
  const status = (
    <>
      <Suspense fallback={<VerdictSkeleton />}>
        <GroupVerdict view={view} />
      </Suspense>
      <Endings group={view.group} />
      <Suspense>
        <Announced asset={{ kind: 'group', name: view.group.name }} />
      </Suspense>
    </>
  )
  return (
    <>
      <GroupHeader
        group={view.group}
        place={view.place}
        tab={tab}
        actions={
          <>
            <Suspense fallback={<StripSkeleton />}>
              <GroupStrip view={view} />
            </Suspense>
            <Suspense>
              <FollowAsset kind="group" name={view.group.name} />
            </Suspense>
            <Actions view={view} />
          </>
        }
        certification={
          <Suspense>
            <AssetCertification kind="group" name={view.group.name} />
          </Suspense>
        }
        status={status}
      />
      <Suspense key={JSON.stringify([tab, view.place])} fallback={<TabSkeleton tab={tab} />}>
        <GroupTabContent tab={tab} view={view} query={query} />
      </Suspense>
    </>
  )
}
