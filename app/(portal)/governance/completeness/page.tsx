import type { Metadata } from 'next'
import { IncompleteView } from '@/components/completeness/incomplete-view'
import { governanceTabs } from '@/components/governance/governance-tabs'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { withParams } from '@/components/ui/route'
import { listIncomplete } from '@/lib/completeness'
import { listIncompleteQuery } from '@/lib/completeness/operations'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Completeness' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Of the address only what the list understands. Absent, `mine` holds; `mine=false` is everybody's. */
function queryOf({ kind, team, mine, item, q, cursor, limit }: Awaited<Props['searchParams']>) {
  const own = mine === undefined && team === undefined ? { mine: 'true' } : {}
  const asked = { kind, team, item, q, cursor, limit, ...own }
  return listIncompleteQuery.safeParse(asked).data ?? listIncompleteQuery.parse(own)
}

export default async function CompletenessPage({ searchParams }: Props) {
  const params = await searchParams
  const { format: _, ...query } = queryOf(params)
  const { kind, team = null, mine = null, item = null, q = null } = query
  const filter = { team, mine, item, q }
  const loaded = await load((ctx) => listIncomplete(ctx, query), params.environment)
  return (
    <>
      <PageHeader
        title="Completeness"
        description="What assets lack, each with the page that fills it; those that lack most first."
        tabs={governanceTabs('completeness')}
      />
      {loaded.state === 'ready' ? (
        <IncompleteView
          list={loaded.value}
          kind={kind}
          filter={filter}
          cursor={query.cursor ?? null}
          pageSize={query.limit}
          csvHref={withParams('/api/v1/completeness', '', { kind, ...filter, format: 'csv' })}
        />
      ) : (
        <NotReady loaded={loaded} what="The list" />
      )}
    </>
  )
}
