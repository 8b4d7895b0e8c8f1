import type { Metadata } from 'next'
import { AuditFilters } from '@/components/governance/audit-filters'
import { AuditTable } from '@/components/governance/audit-table'
import { ChainState } from '@/components/governance/chain-state'
import { governanceTabs } from '@/components/governance/governance-tabs'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { listAudit, verifyAudit } from '@/lib/audit'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Audit log' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Only what the list itself understands: other parameters of the address belong to the table. */
const asQuery = (params: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(
    ['actor', 'action', 'resource', 'verdict', 'from', 'to', 'cursor', 'limit'].flatMap((name) =>
      params[name] ? [[name, params[name]]] : [],
    ),
  )

export default async function AuditPage({ searchParams }: Props) {
  const params = await searchParams
  const loaded = await load(async (ctx) => ({
    page: await listAudit(ctx, asQuery(params)),
    chain: await verifyAudit(ctx),
  }))
  return (
    <>
      <PageHeader
        title="Audit log"
        description="Every change and every refusal: who, what, when, and the rule that decided."
        tabs={governanceTabs('audit')}
      />
      {loaded.state === 'ready' ? (
        <>
          <ChainState chain={loaded.value.chain} />
          <AuditFilters params={asQuery(params)} />
          <AuditTable
            page={loaded.value.page}
            cursor={asQuery(params).cursor}
            limit={asQuery(params).limit}
          />
        </>
      ) : (
        <NotReady loaded={loaded} what="The audit log" />
      )}
    </>
  )
}
