import Link from 'next/link'
import { formatCount } from '@/components/ui/format-number'
import { toRoute } from '@/components/ui/route'
import type { FacetName, SearchResource } from '@/lib/catalog/operations'
import { facetLabels, facetOrder, toggleFilter } from './filter-links'

interface FacetsProps {
  facets: SearchResource['facets']
  search: URLSearchParams
  path: string
}

type FacetValue = SearchResource['facets'][FacetName][number]

const mostValues = 12
// Whoever needs one beyond them searches for it: a list of thousands helps nobody.
const mostMore = 100

/** The values with their counts, those that are chosen first: also one that nothing is left of. */
function valuesOf(values: readonly FacetValue[], chosen: readonly string[]): FacetValue[] {
  const first = chosen.map((value) => values.find((one) => one.value === value) ?? { value, count: 0 })
  return [...first, ...values.filter(({ value }) => !chosen.includes(value))]
}

interface FacetLineProps {
  facet: FacetName
  value: FacetValue
  search: URLSearchParams
  path: string
}

function FacetLine({ facet, value: { value, count }, search, path }: FacetLineProps) {
  const chosen = search.getAll(facet).includes(value)
  return (
    <li>
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
}

/** What choosing each value would leave, beside the list; on a phone behind one line. */
export function Facets({ facets, search, path }: FacetsProps) {
  const groups = facetOrder.filter((facet) => valuesOf(facets[facet], search.getAll(facet)).length > 0)
  const lists = groups.map((facet) => {
    const values = valuesOf(facets[facet], search.getAll(facet))
    const rest = values.slice(mostValues)
    const lineOf = (value: FacetValue) => (
      <FacetLine key={value.value} facet={facet} value={value} search={search} path={path} />
    )
    return (
      <section key={facet} className="mb-4">
        <h2 className="mb-1 font-medium text-12 text-muted">{facetLabels[facet]}</h2>
        <ul>{values.slice(0, mostValues).map(lineOf)}</ul>
        {rest.length > 0 ? (
          <details>
            <summary className="flex h-6 cursor-default items-center px-1.5 text-12 text-muted hover:text-ink max-md:h-11">
              {formatCount(rest.length)} more
            </summary>
            <ul>{rest.slice(0, mostMore).map(lineOf)}</ul>
          </details>
        ) : null}
      </section>
    )
  })
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
