import Link from 'next/link'
import { DataTable } from '@/components/data-table/data-table'
import { FilterChips } from '@/components/data-table/filter-chips'
import type { ListMemory } from '@/components/data-table/list-memory'
import type { TableOrder, TableRow } from '@/components/data-table/types'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { SearchResource } from '@/lib/catalog/operations'
import type { AssetSign } from './asset-sign'
import { CatalogBulk } from './catalog-bulk'
import { catalogColumns, catalogRow } from './catalog-row'
import { filterChips, withoutFilters } from './filter-links'
import { NothingFound } from './nothing-found'
import { peekHref } from './peek'
import { rowActs } from './row-acts'

interface CatalogTableProps {
  found: SearchResource
  /** By `kind/name`. */
  signs: Readonly<Record<string, AssetSign>>
  /** By `kind/name`: what the reader may change. */
  editable: ReadonlySet<string>
  search: URLSearchParams
  /** Rows a page has. */
  limit: number
  memory: ListMemory
}

/** Orders that no column stands for. */
const orders: TableOrder[] = [
  { label: 'Best match', sort: null },
  { label: 'Changed last', sort: '-updated_at' },
  { label: 'Changed first', sort: 'updated_at' },
]

/** Everything that the list holds, on all its pages. */
function csvHref(search: URLSearchParams): string {
  const query = new URLSearchParams(search)
  for (const own of ['peek', 'cursor', 'limit', 'hide']) query.delete(own)
  query.set('format', 'csv')
  return `/api/v1/search?${query}`
}

/** Space shows a row beside the list, and once more puts it away. */
function peekable(row: TableRow, search: URLSearchParams): TableRow {
  const isPeeked = search.get('peek') === row.id
  return { ...row, peekHref: peekHref('/catalog', search, isPeeked ? null : row.id) }
}

/** Hits as rows of two lines, with what was understood of a misspelled query above them. */
export function CatalogTable({ found, signs, editable, search, limit, memory }: CatalogTableProps) {
  const peeked = search.get('peek')
  const environment = search.get('environment')
  return (
    <div id="found" tabIndex={-1} className="min-w-0 outline-none">
      {found.meta.corrected ? (
        <p className="mb-2 text-muted">
          Nothing is spelled “{search.get('q')}”. Shown:{' '}
          <Link className="link" href={toRoute(`/catalog?q=${encodeURIComponent(found.meta.corrected)}`)}>
            {found.meta.corrected}
          </Link>
        </p>
      ) : null}
      {found.meta.capped ? (
        <p className="mb-2 text-muted">
          More than {formatCount(found.meta.total)} were found: these are the best of them, and counts are of
          these.
        </p>
      ) : null}
      <DataTable
        label="Catalogue"
        columns={catalogColumns}
        rows={found.data.map((hit) => {
          const id = `${hit.kind}/${hit.name}`
          const acts = rowActs(hit.kind, hit.name, editable.has(id), environment)
          return peekable(catalogRow(hit, signs[id], acts), search)
        })}
        bulk={<CatalogBulk />}
        memory={memory}
        orders={orders}
        {...(found.data.length > 0 ? { csvHref: csvHref(search) } : {})}
        {...(peeked === null ? {} : { selectedId: peeked })}
        lines={2}
        filterPlaceholder="Search the catalogue"
        toolbar={
          <FilterChips
            chips={filterChips('/catalog', search)}
            clearHref={withoutFilters('/catalog', search)}
          />
        }
        pager={{
          kind: 'cursor',
          cursor: search.get('cursor'),
          nextCursor: found.meta.next_cursor,
          pageSize: limit,
          total: found.meta.total,
        }}
        instead={found.data.length === 0 ? <NothingFound found={found} search={search} /> : undefined}
      />
    </div>
  )
}
