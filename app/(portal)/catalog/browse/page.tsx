import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { browsePath } from '@/components/catalog/browse/browse-links'
import { BrowsePage } from '@/components/catalog/browse/browse-page'
import { CatalogHeader } from '@/components/catalog/catalog-header'
import { peekHref } from '@/components/catalog/peek'
import { PeekPanel } from '@/components/catalog/peek-panel'
import { NotReady } from '@/components/layout/not-ready'
import { readPreferences } from '@/components/ui/preferences'
import { mayEver } from '@/lib/authz'
import { load, pageContext } from '@/lib/http/page-context'
import { listParams, type PageParams } from '../list-params'
import { loadBrowse } from './load-browse'

export const metadata: Metadata = { title: 'Browse the catalogue' }

export default async function BrowseRoute({ searchParams }: { searchParams: Promise<PageParams> }) {
  const params = await searchParams
  const search = listParams(params)
  const loaded = await load((ctx) => loadBrowse(ctx, search), params.environment)
  const peek = loaded.state === 'ready' ? loaded.value.peek : null
  return (
    <>
      <CatalogHeader
        view="browse"
        mayRegister={mayEver(await pageContext(params.environment), 'group:create')}
      />
      {loaded.state === 'ready' ? (
        <BrowsePage
          columns={loaded.value.columns}
          place={loaded.value.place}
          search={search}
          peeked={peek?.kind === 'feature' ? (peek.name.split(':')[1] ?? null) : null}
        />
      ) : (
        <NotReady loaded={loaded} what="The catalogue" />
      )}
      {peek ? (
        <PeekPanel
          key={`${peek.kind}/${peek.name}`}
          peek={peek}
          closeHref={peekHref(browsePath, search, null)}
          widthPx={readPreferences(await cookies()).panel}
        />
      ) : null}
    </>
  )
}
