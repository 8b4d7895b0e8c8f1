import type { Metadata } from 'next'
import { ContractsView } from '@/components/governance/contracts-view'
import { governanceTabs } from '@/components/governance/governance-tabs'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { withParams } from '@/components/ui/route'
import { listContracts } from '@/lib/contracts'
import { listContractsQuery } from '@/lib/contracts/operations'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Contracts' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Of the address only what the list understands; what it does not is left out. */
function queryOf(params: Record<string, string | string[] | undefined>) {
  const { team, missing, broken, cursor } = params
  return listContractsQuery.safeParse({ team, missing, broken, cursor }).data ?? listContractsQuery.parse({})
}

export default async function ContractsPage({ searchParams }: Props) {
  const params = await searchParams
  const { format: _, ...query } = queryOf(params)
  const loaded = await load((ctx) => listContracts(ctx, query), params.environment)
  const filter = { team: query.team ?? null, missing: query.missing ?? null, broken: query.broken ?? null }
  return (
    <>
      <PageHeader
        title="Contracts"
        description="What groups promise to those who read them, and where nothing is promised yet."
        tabs={governanceTabs('contracts')}
      />
      {loaded.state === 'ready' ? (
        <ContractsView
          list={loaded.value}
          filter={filter}
          cursor={query.cursor ?? null}
          csvHref={withParams('/api/v1/contracts', '', { ...filter, format: 'csv' })}
        />
      ) : (
        <NotReady loaded={loaded} what="The contracts" />
      )}
    </>
  )
}
