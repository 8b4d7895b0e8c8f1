import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { CatalogHeader } from '@/components/catalog/catalog-header'
import { CatalogTable } from '@/components/catalog/catalog-table'
import { Facets } from '@/components/catalog/facets'
import { filterChips, withoutFilters } from '@/components/catalog/filter-links'
import { peekHref } from '@/components/catalog/peek'
import { PeekPanel } from '@/components/catalog/peek-panel'
import { FilterChips } from '@/components/data-table/filter-chips'
import { readListMemory } from '@/components/data-table/list-memory'
import { NotReady } from '@/components/layout/not-ready'
import { readPreferences } from '@/components/ui/preferences'
import { mayEver } from '@/lib/authz'
import { load, pageContext } from '@/lib/http/page-context'
import { catalogPath, listParams, type PageParams } from './list-params'
import { loadCatalog } from './load-catalog'

export const metadata: Metadata = { title: 'Catalogue' }

export default async function CatalogPage({ searchParams }: { searchParams: Promise<PageParams> }) {
  const params = await searchParams
  const search = listParams(params)
  const jar = await cookies()
  const memory = readListMemory(jar, 'catalog')
  const loaded = await load((ctx) => loadCatalog(ctx, params, memory), params.environment)
  return (
    <>
      <CatalogHeader
        view="list"
        mayRegister={mayEver(await pageContext(params.environment), 'group:create')}
      />
      {loaded.state === 'ready' ? (
        <div className="grid gap-6 md:grid-cols-[200px_minmax(0,1fr)]">
          <Facets facets={loaded.value.found.facets} search={search} path={catalogPath} />
          <CatalogTable
            {...loaded.value}
            search={search}
            memory={memory}
            chips={
              <FilterChips
                chips={filterChips(catalogPath, search)}
                clearHref={withoutFilters(catalogPath, search)}
              />
            }
          />
        </div>
      ) : (
        <NotReady loaded={loaded} what="The catalogue" />
      )}
      {loaded.state === 'ready' && loaded.value.peek ? (
        <PeekPanel
          key={`${loaded.value.peek.kind}/${loaded.value.peek.name}`}
          peek={loaded.value.peek}
          closeHref={peekHref(catalogPath, search, null)}
          widthPx={readPreferences(jar).panel}
        />
      ) : null}
    </>
  )
}
