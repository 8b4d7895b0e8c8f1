import type { Metadata } from 'next'
import { TermsTable } from '@/components/glossary/terms-table'
import { NotReady } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { mayEver } from '@/lib/authz'
import { parseInput } from '@/lib/core/parse-input'
import { listTerms } from '@/lib/glossary'
import { listTermsQuery } from '@/lib/glossary/operations'
import { load } from '@/lib/http/page-context'

export const metadata: Metadata = { title: 'Glossary' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function GlossaryPage({ searchParams }: Props) {
  const { q, cursor, limit } = await searchParams
  const loaded = await load(async (ctx) => {
    const query = parseInput(listTermsQuery, { q, cursor, limit })
    const page = await listTerms(ctx, query)
    return { page, query, mayAdd: mayEver(ctx, 'group:create') }
  })
  const mayAdd = loaded.state === 'ready' && loaded.value.mayAdd
  return (
    <>
      <PageHeader
        breadcrumbs={{ crumbs: [{ label: 'Catalogue', href: '/catalog' }, { label: 'Glossary' }] }}
        title="Glossary"
        description="Words of the business and what they mean. Descriptions and documentation link them."
        actions={
          mayAdd ? (
            <ButtonLink variant="primary" href="/register/term">
              Add a term
            </ButtonLink>
          ) : undefined
        }
      />
      {loaded.state === 'ready' ? (
        <TermsTable
          terms={loaded.value.page.data}
          query={loaded.value.query.q ?? ''}
          mayAdd={mayAdd}
          pager={{
            kind: 'cursor',
            cursor: loaded.value.query.cursor ?? null,
            pageSize: loaded.value.query.limit,
            total: loaded.value.page.meta.total,
            nextCursor: loaded.value.page.meta.next_cursor,
          }}
        />
      ) : (
        <NotReady loaded={loaded} what="The glossary" />
      )}
    </>
  )
}
