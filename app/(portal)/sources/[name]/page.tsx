import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SourcePage } from '@/components/entity/source-page'
import { NotReady } from '@/components/layout/not-ready'
import { load } from '@/lib/http/page-context'
import { AnnounceAsset } from '../../announce-asset'
import { Announced } from '../../announced'
import { AssetActivity } from '../../asset-activity'
import { AssetDiscussion } from '../../asset-discussion'
import { AssetDocumentation } from '../../asset-documentation'
import { FollowAsset } from '../../follow-asset'
import { loadSource, tabOf } from './load-source'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function SourceRoute({ params, searchParams }: Props) {
  const { name } = await params
  const query = await searchParams
  const loaded = await load((ctx) => loadSource(ctx, name), query.environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The source" />
  const tab = tabOf(query.tab)
  return (
    <>
      <Announced asset={{ kind: 'source', name }} />
      <SourcePage
        {...loaded.value}
        tab={tab}
        activity={<AssetActivity kind="source" name={name} query={query} />}
        follow={
          <>
            <FollowAsset kind="source" name={name} />
            <AnnounceAsset kind="source" name={name} />
          </>
        }
      />
      {tab === 'overview' ? (
        <div className="mt-10 flex flex-col gap-10">
          <AssetDocumentation kind="source" name={name} />
          <AssetDiscussion kind="source" name={name} />
        </div>
      ) : null}
    </>
  )
}
