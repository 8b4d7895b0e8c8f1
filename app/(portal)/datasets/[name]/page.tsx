import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DatasetHeader } from '@/components/dataset/dataset-header'
import { NotReady } from '@/components/layout/not-ready'
import { mayEver } from '@/lib/authz'
import { load, pageContext } from '@/lib/http/page-context'
import { AnnounceAsset } from '../../announce-asset'
import { Announced } from '../../announced'
import { AssetDiscussion } from '../../asset-discussion'
import { AssetDocumentation } from '../../asset-documentation'
import { PartsOnTheirWayOut, partsOfColumns } from '../../deprecated-parts'
import { FollowAsset } from '../../follow-asset'
import { type DatasetParams, loadDataset, loadTab } from './load-dataset'
import { TabContent } from './tab-content'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<DatasetParams>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).name }
}

export default async function DatasetPage({ params, searchParams }: Props) {
  const { name } = await params
  const search = await searchParams
  const loaded = await load(async (ctx) => {
    const dataset = await loadDataset(ctx, name, search)
    return { dataset, parts: await loadTab(ctx, dataset, search) }
  }, search.environment)
  if (loaded.state === 'missing') notFound()
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The training dataset" />
  const { dataset, parts } = loaded.value
  const mayCreate = mayEver(await pageContext(search.environment), 'dataset:create')
  return (
    <>
      <Announced asset={{ kind: 'dataset', name }} />
      <PartsOnTheirWayOut what="dataset" parts={partsOfColumns(dataset.version.columns)} />
      <DatasetHeader
        {...dataset}
        mayCreate={mayCreate && parts.refusals.change === null}
        follow={
          <>
            <FollowAsset kind="dataset" name={name} />
            <AnnounceAsset kind="dataset" name={name} />
          </>
        }
      />
      <TabContent loaded={dataset} parts={parts} params={search} />
      {dataset.tab === 'overview' ? (
        <div className="mt-10 flex flex-col gap-10">
          <AssetDocumentation kind="dataset" name={name} />
          <AssetDiscussion kind="dataset" name={name} />
        </div>
      ) : null}
    </>
  )
}
