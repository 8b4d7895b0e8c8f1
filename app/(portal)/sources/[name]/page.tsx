import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { SourcePage } from '@/components/entity/source-page'
import { NotReady } from '@/components/layout/not-ready'
import { decide } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { getSource, sourceFactsOf } from '@/lib/registry'
import { AnnounceAsset } from '../../announce-asset'
import { Announced } from '../../announced'
import { AssetDiscussion } from '../../asset-discussion'
import { AssetDocumentation } from '../../asset-documentation'
import { FollowAsset } from '../../follow-asset'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function SourceRoute({ params }: Props) {
  const { name } = await params
  const loaded = await load(async (ctx) => {
    const { allowed } = decide(ctx, 'group:update', await sourceFactsOf(ctx, name))
    return { source: await getSource(ctx, name), mayEdit: allowed }
  })
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The source" />
  return (
    <>
      <Announced asset={{ kind: 'source', name }} />
      <SourcePage
        {...loaded.value}
        follow={
          <>
            <FollowAsset kind="source" name={name} />
            <AnnounceAsset kind="source" name={name} />
          </>
        }
      />
      <div className="mt-10 flex flex-col gap-10">
        <AssetDocumentation kind="source" name={name} />
        <AssetDiscussion kind="source" name={name} />
      </div>
    </>
  )
}
