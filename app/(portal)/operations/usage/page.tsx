import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { operationsTabs } from '@/components/operations/operations-tabs'
import { UsagePage } from '@/components/usage/usage-page'
import { load } from '@/lib/http/page-context'
import { loadUsage, type UsageParams } from './load-usage'

export const metadata: Metadata = { title: 'Usage' }

export default async function UsageRoute({ searchParams }: { searchParams: Promise<UsageParams> }) {
  const params = await searchParams
  const loaded = await load((ctx) => loadUsage(ctx, params), params.environment)
  return (
    <>
      <PageHeader
        title="Usage"
        description="What is read and who reads, counted from real reads, of what you may see."
        tabs={operationsTabs('/operations/usage')}
      />
      {loaded.state === 'ready' ? (
        <UsagePage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The usage" />
      )}
    </>
  )
}
