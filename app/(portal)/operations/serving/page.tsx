import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { operationsTabs } from '@/components/operations/operations-tabs'
import { ServingPage } from '@/components/usage/serving-page'
import { load } from '@/lib/http/page-context'
import { loadServing, type ServingParams } from './load-serving'

export const metadata: Metadata = { title: 'Serving' }

export default async function ServingRoute({ searchParams }: { searchParams: Promise<ServingParams> }) {
  const params = await searchParams
  const loaded = await load((ctx) => loadServing(ctx, params), params.environment)
  return (
    <>
      <PageHeader
        title="Serving"
        description="How reads were answered: requests, time to answer, refusals and failures, of services that you may see."
        tabs={operationsTabs('/operations/serving')}
      />
      {loaded.state === 'ready' ? (
        <ServingPage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="How reads were answered" />
      )}
    </>
  )
}
