import Link from 'next/link'
import type { ReactNode } from 'react'
import { DataTable } from '@/components/data-table/data-table'
import type { ListMemory } from '@/components/data-table/list-memory'
import type { TableOrder, TableRow } from '@/components/data-table/types'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { SearchResource } from '@/lib/catalog/operations'
import type { AssetSign } from './asset-sign'
import { CatalogBulk } from './catalog-bulk'
import { catalogColumns, catalogRow } from './catalog-row'
import { facetLabels, facetOrder, toggleFilter } from './filter-links'
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
  chips: ReactNode
}

/** Orders that no column stands for. */
const orders: TableOrder[] = [
  { label: 'Best match', sort: null },
  { label: 'Changed last', sort: '-updated_at' },
  { label: 'Changed first', sort: 'updated_at' },
]

/** Nothing matched: which filter emptied the list, and the list without it. */
function Nothing({ found, search }: { found: SearchResource; search: URLSearchParams }) {
  const q = search.get('q')
  const archived = found.facets.lifecycle.find(({ value }) => value === 'archived')?.count ?? 0
  if (archived > 0 && search.getAll('lifecycle').length === 0) {
    return (
      <EmptyState
        title={`Only what is archived: ${formatCount(archived)}`}
        action={
          <ButtonLink href={toggleFilter('/catalog', search, 'lifecycle', 'archived')}>
            Show what is archived
          </ButtonLink>
        }
      >
        It is out of use, and its team can restore it.
      </EmptyState>
    )
  }
  const inForce = facetOrder.flatMap((facet) => search.getAll(facet).map((value) => ({ facet, value })))
  if (inForce.length === 0) {
    return (
      <EmptyState
        title={q ? `Nothing is called “${q}”, or sounds like it` : 'Nothing is registered yet'}
        action={
          <ButtonLink href={q ? '/catalog' : '/register'}>
            {q ? 'Show everything' : 'Register a feature group'}
          </ButtonLink>
        }
      >
        Names, words of descriptions and tags were searched, and misspellings last.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={`The filters leave none of ${formatCount(found.meta.unfiltered_total)}`}
      action={inForce.map(({ facet, value }) => (
        <ButtonLink key={facet + value} href={toggleFilter('/catalog', search, facet, value)}>
          Drop {facetLabels[facet].toLowerCase()} {value}
        </ButtonLink>
      ))}
    />
  )
}

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
export function CatalogTable({ found, signs, editable, search, limit, memory, chips }: CatalogTableProps) {
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
        toolbar={chips}
        pager={{
          kind: 'cursor',
          cursor: search.get('cursor'),
          nextCursor: found.meta.next_cursor,
          pageSize: limit,
          total: found.meta.total,
        }}
        instead={found.data.length === 0 ? <Nothing found={found} search={search} /> : undefined}
      />
    </div>
  )
}
