import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, plural } from '@/components/ui/format-number'
import type { SearchResource } from '@/lib/catalog/operations'
import { dropFilter, facetLabels, toggleFilter, withoutFilters } from './filter-links'

type Emptying = SearchResource['meta']['emptied_by'][number]

interface NothingFoundProps {
  found: SearchResource
  search: URLSearchParams
}

const listed = new Intl.ListFormat('en', { type: 'disjunction' })
const labelOf = (filter: Emptying['filter']) =>
  filter === 'group' ? 'feature group' : facetLabels[filter].toLowerCase()

/** "owner growth" */
const filterWords = ({ filter, values }: Emptying) => `${labelOf(filter)} ${listed.format(values)}`

const isHidingArchived = ({ filter, values }: Emptying) => filter === 'lifecycle' && values.length === 0

/** Without that filter, with how many it would leave. */
function Drop({ one, search }: { one: Emptying; search: URLSearchParams }) {
  return isHidingArchived(one) ? (
    <ButtonLink href={toggleFilter('/catalog', search, 'lifecycle', 'archived')}>
      Show what is archived
    </ButtonLink>
  ) : (
    <ButtonLink href={dropFilter('/catalog', search, one.filter)}>
      Drop {filterWords(one)}, which shows {formatCount(one.total_without)}
    </ButtonLink>
  )
}

function title(helping: readonly Emptying[], total: number): string {
  const [first] = helping
  if (first && isHidingArchived(first)) return `Only what is archived: ${formatCount(first.total_without)}`
  if (helping.length === 1 && first) {
    return `${plural(total, 'asset')} found, none with ${filterWords(first)}`
  }
  return `The filters together leave none of ${formatCount(total)}`
}

/** Nothing is listed: which filter emptied it, and the list without it; or that nothing is called so. */
export function NothingFound({ found: { meta }, search }: NothingFoundProps) {
  const q = search.get('q')
  if (meta.emptied_by.length === 0) {
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
  const helping = meta.emptied_by.filter(({ total_without }) => total_without > 0)
  return (
    <EmptyState
      title={title(helping, meta.unfiltered_total)}
      action={
        <>
          {helping.map((one) => (
            <Drop key={one.filter} one={one} search={search} />
          ))}
          {helping.length === 0 ? (
            <ButtonLink href={withoutFilters('/catalog', search)}>Drop all filters</ButtonLink>
          ) : null}
        </>
      }
    >
      {helping.length === 0 ? 'Dropping one of them alone brings nothing back.' : null}
    </EmptyState>
  )
}
