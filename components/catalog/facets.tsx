import Link from 'next/link'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { SearchResource } from '@/lib/catalog/operations'
import { facetLabels, facetOrder, toggleFilter } from './filter-links'

interface FacetsProps {
  facets: SearchResource['facets']
  search: URLSearchParams
  path: string
}

const mostValues = 12

/** What choosing each value would leave, beside the list; on a phone behind one line. */
export function Facets({ facets, search, path }: FacetsProps) {
  const groups = facetOrder.filter((facet) => (facets[facet]?.length ?? 0) > 0)
  const lists = groups.map((facet) => (
    <section key={facet} className="mb-4">
      <h2 className="mb-1 font-medium text-12 text-muted">{facetLabels[facet]}</h2>
      <ul>
        {facets[facet].slice(0, mostValues).map(({ value, count }) => {
          const chosen = search.getAll(facet).includes(value)
          return (
            <li key={value}>
              <Link
                href={toRoute(toggleFilter(path, search, facet, value))}
                scroll={false}
                aria-current={chosen || undefined}
                className={`flex h-6 items-center justify-between gap-2 rounded-control px-1.5 hover:bg-ink-tint max-md:h-11 ${chosen ? 'bg-accent-tint font-medium text-accent' : ''}`}
              >
                <span className="min-w-0 truncate" title={value}>
                  {facet === 'lifecycle' ? value.replace('_', ' ') : value}
                </span>
                <span className="num text-12 text-muted">{formatCount(count)}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </section>
  ))
  return (
    <>
      <nav aria-label="Filters" className="max-md:hidden">
        <a
          href="#found"
          className="sr-only focus:not-sr-only focus:mb-2 focus:block focus:rounded-control focus:bg-surface focus:px-1.5 focus:py-1"
        >
          Skip the filters
        </a>
        {lists}
      </nav>
      <details className="border-b pb-2 md:hidden">
        <summary className="flex h-11 cursor-default items-center font-medium">Filters</summary>
        <nav aria-label="Filters">{lists}</nav>
      </details>
    </>
  )
}
