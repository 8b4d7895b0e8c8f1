import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { operationsTabs } from '@/components/operations/operations-tabs'
import { CampaignsTable } from '@/components/retirement/campaigns-table'
import { parseInput } from '@/lib/core/parse-input'
import { load } from '@/lib/http/page-context'
import { listQuery } from '@/lib/registry/operations'
import { listCampaigns } from '@/lib/retirement'

export const metadata: Metadata = { title: 'Campaigns' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function CampaignsRoute({ searchParams }: Props) {
  const { cursor, limit, environment } = await searchParams
  const loaded = await load(async (ctx) => {
    const query = parseInput(listQuery, { cursor, limit })
    return { cursor: query.cursor ?? null, limit: query.limit, page: await listCampaigns(ctx, query) }
  }, environment)
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="Owners are asked what is to become of what nobody reads: keep, deprecate or archive."
        tabs={operationsTabs('/operations/campaigns')}
      />
      {loaded.state === 'ready' ? (
        <CampaignsTable {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The campaigns" />
      )}
    </>
  )
}
