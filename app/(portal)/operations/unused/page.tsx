import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { operationsTabs } from '@/components/operations/operations-tabs'
import { UnusedPage } from '@/components/retirement/unused-page'
import { load } from '@/lib/http/page-context'
import { loadUnused, type UnusedParams } from './load-unused'

export const metadata: Metadata = { title: 'Unused features' }

export default async function UnusedRoute({ searchParams }: { searchParams: Promise<UnusedParams> }) {
  const params = await searchParams
  const loaded = await load((ctx) => loadUnused(ctx, params), params.environment)
  return (
    <>
      <PageHeader
        title="Unused features"
        description="What nobody reads, by real reads of people, keys and jobs, and what nobody looks after, of what you may see."
        tabs={operationsTabs('/operations/unused')}
      />
      {loaded.state === 'ready' ? (
        <UnusedPage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The list" />
      )}
    </>
  )
}
