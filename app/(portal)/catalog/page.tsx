import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { CatalogHeader } from '@/components/catalog/catalog-header'
import { CatalogTable } from '@/components/catalog/catalog-table'
import { Facets } from '@/components/catalog/facets'
import { peekHref } from '@/components/catalog/peek'
import { PeekPanel } from '@/components/catalog/peek-panel'
import { ViewsMenu } from '@/components/catalog/views/views-menu'
import { readListMemory } from '@/components/data-table/list-memory'
import { NotReady } from '@/components/layout/not-ready'
import { readPreferences } from '@/components/ui/preferences'
import { mayEver } from '@/lib/authz'
import { load, pageContext } from '@/lib/http/page-context'
import { catalogPath, listParams, type PageParams, readable } from './list-params'
import { loadCatalog } from './load-catalog'

export const metadata: Metadata = { title: 'Catalogue' }

export default async function CatalogPage({ searchParams }: { searchParams: Promise<PageParams> }) {
  const params = readable(await searchParams)
  const search = listParams(params)
  const jar = await cookies()
  const memory = readListMemory(jar, 'catalog')
  const reader = await pageContext(params.environment)
  const loaded = await load((ctx) => loadCatalog(ctx, params, memory), params.environment)
  const peek = loaded.state === 'ready' ? loaded.value.peek : null
  return (
    <>
      <CatalogHeader view="list" mayRegister={mayEver(reader, 'group:create')}>
        <ViewsMenu teams={reader.actor.teams.map(({ team }) => team)} />
      </CatalogHeader>
      {loaded.state === 'ready' ? (
        <div className="grid gap-6 md:grid-cols-[200px_minmax(0,1fr)]">
          <Facets facets={loaded.value.found.facets} search={search} path={catalogPath} />
          <CatalogTable {...loaded.value} search={search} memory={memory} />
        </div>
      ) : (
        <NotReady loaded={loaded} what="The catalogue" />
      )}
      {peek ? (
        <PeekPanel
          key={`${peek.kind}/${peek.name}`}
          peek={peek}
          closeHref={peekHref(catalogPath, search, null)}
          widthPx={readPreferences(jar).panel}
        />
      ) : null}
    </>
  )
}
