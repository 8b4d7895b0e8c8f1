import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { operationsTabs } from '@/components/operations/operations-tabs'
import { PolicyPage } from '@/components/retirement/policy-page'
import { load } from '@/lib/http/page-context'
import { loadPolicy } from './load-policy'

export const metadata: Metadata = { title: 'Archive policy' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ArchivePolicyRoute({ searchParams }: Props) {
  const params = await searchParams
  const loaded = await load((ctx) => loadPolicy(ctx, params), params.environment)
  return (
    <>
      <PageHeader
        title="Archive policy"
        description="Old versions leave when nobody has read them for long and a successor has been active for long enough."
        tabs={operationsTabs('/operations/archive-policy')}
      />
      {loaded.state === 'ready' ? (
        <PolicyPage {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The policy" />
      )}
    </>
  )
}
