import type { Metadata } from 'next'
import { DomainsTable } from '@/components/domain/domains-table'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { mayEver } from '@/lib/authz'
import { browse } from '@/lib/catalog'
import { browseQuery } from '@/lib/catalog/operations'
import { parseInput } from '@/lib/core/parse-input'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Domains' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const limit = 50

export default async function DomainsPage({ searchParams }: Props) {
  const { cursor } = await searchParams
  const loaded = await load(async (ctx) => {
    const query = parseInput(browseQuery, { limit, cursor })
    const mayRegister = mayEver(ctx, 'group:create')
    return { domains: await browse(ctx, query), cursor: query.cursor ?? null, limit, mayRegister }
  })
  const mayRegister = loaded.state === 'ready' && loaded.value.mayRegister
  return (
    <>
      <PageHeader
        breadcrumbs={{ crumbs: [{ label: 'Catalogue', href: '/catalog' }, { label: 'Domains' }] }}
        title="Domains"
        description="Business areas, and the entities and feature groups in them."
        actions={
          mayRegister ? (
            <ButtonLink variant="primary" href="/register/domain">
              Register a domain
            </ButtonLink>
          ) : undefined
        }
      />
      {loaded.state === 'ready' ? (
        <DomainsTable {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The list of domains" />
      )}
    </>
  )
}
