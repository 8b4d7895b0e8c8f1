import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { load } from '@/lib/http/page-context'
import { getOverview } from '@/lib/monitoring'
import { Overview } from './overview'
import { type PageParams, queryOf } from './query'

export const metadata: Metadata = { title: 'Monitoring' }

export default async function MonitoringPage({ searchParams }: { searchParams: Promise<PageParams> }) {
  const params = await searchParams
  const query = queryOf(params)
  const loaded = await load((ctx) => getOverview(ctx, query), params.environment)
  return (
    <>
      <PageHeader
        title="Monitoring"
        description="Each group’s last 28 days, worst first: rows that came when they were promised, kept the contract, and looked like the reference."
      />
      {loaded.state === 'ready' ? (
        <Overview overview={loaded.value} query={query} params={params} />
      ) : (
        <NotReady loaded={loaded} what="The overview" />
      )}
    </>
  )
}
