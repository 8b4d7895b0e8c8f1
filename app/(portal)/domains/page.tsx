import type { Metadata } from 'next'
import { DomainsTable } from '@/components/domain/domains-table'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { mayEver } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { listDomains } from '@/lib/registry'
import { listQuery } from '@/lib/registry/operations'

export const metadata: Metadata = { title: 'Domains' }

export default async function DomainsPage() {
  const loaded = await load(async (ctx) => {
    const { data } = await listDomains(ctx, listQuery.parse({ limit: 200 }))
    return { domains: data, mayRegister: mayEver(ctx, 'group:create') }
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
