import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EntityPage } from '@/components/entity/entity-page'
import { NotReady } from '@/components/layout/not-ready'
import { decide } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { entityFactsOf, getEntity } from '@/lib/registry'
import { AnnounceAsset } from '../../announce-asset'
import { Announced } from '../../announced'
import { AssetDiscussion } from '../../asset-discussion'
import { AssetDocumentation } from '../../asset-documentation'
import { loadHub } from '../../catalog/load-hub'
import { FollowAsset } from '../../follow-asset'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function EntityRoute({ params, searchParams }: Props) {
  const { name } = await params
  const { environment, cursor } = await searchParams
  const loaded = await load(async (ctx) => {
    const entity = await getEntity(ctx, name)
    const [hub, facts] = await Promise.all([loadHub(ctx, { entity: name }, cursor), entityFactsOf(ctx, name)])
    return { ...hub, entity, mayEdit: decide(ctx, 'group:update', facts).allowed }
  }, environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The entity" />
  return (
    <>
      <Announced asset={{ kind: 'entity', name }} />
      <EntityPage
        {...loaded.value}
        follow={
          <>
            <FollowAsset kind="entity" name={name} />
            <AnnounceAsset kind="entity" name={name} />
          </>
        }
      />
      <div className="mt-10 flex flex-col gap-10">
        <AssetDocumentation kind="entity" name={name} />
        <AssetDiscussion kind="entity" name={name} />
      </div>
    </>
  )
}
