import { Breadcrumbs } from '@/components/ui/breadcrumbs'
import { ButtonLink } from '@/components/ui/button'
import { withParams } from '@/components/ui/route'
import type { BrowseLevel, BrowseResource } from '@/lib/catalog/operations'
import { BrowseColumn } from './browse-column'
import { BrowseColumns } from './browse-columns'
import { type BrowsePlace, browsePath, chooseHref, lineName, listHref, ownPage } from './browse-links'

interface BrowsePageProps {
  /** From the domains down to the level beneath the last choice. */
  columns: readonly BrowseResource[]
  place: BrowsePlace
  search: URLSearchParams
  /** The name in the panel, when it is a feature of the last column. */
  peeked: string | null
}

const choices = ['domain', 'entity', 'group'] as const

/** Where the choices have led, each a way back; and what they name, as pages of their own. */
function Trail({ place, search }: Pick<BrowsePageProps, 'place' | 'search'>) {
  const made = choices.flatMap((level) => {
    const name = place[level]
    return name === undefined ? [] : [{ level, name }]
  })
  const last = made.at(-1)
  if (!last) return <p className="mb-3 text-muted">Choose a domain, then an entity, then a feature group.</p>
  const page = ownPage(last.level, last.name)
  const start = withParams(browsePath, '', { environment: search.get('environment') })
  return (
    <div className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <Breadcrumbs
        crumbs={[
          { label: 'All domains', href: start },
          ...made.map(({ level, name }, index) => ({
            label: lineName(level, name),
            ...(index < made.length - 1 ? { href: chooseHref(search, level, name) } : {}),
          })),
        ]}
      />
      <div className="flex flex-wrap gap-2">
        <ButtonLink size="small" href={listHref(place)}>
          As a list
        </ButtonLink>
        {page === null ? null : (
          <ButtonLink size="small" href={page}>
            Open {last.name}
          </ButtonLink>
        )}
      </div>
    </div>
  )
}

/** The catalogue without a query: domain, entity, feature group, feature, side by side. */
export function BrowsePage({ columns, place, search, peeked }: BrowsePageProps) {
  const chosen: Record<BrowseLevel, string | null> = {
    domain: place.domain ?? null,
    entity: place.entity ?? null,
    group: place.group ?? null,
    feature: peeked,
  }
  return (
    <>
      <Trail place={place} search={search} />
      <BrowseColumns>
        {columns.map((column, index) => (
          <BrowseColumn
            key={column.level}
            column={column}
            chosen={chosen[column.level]}
            search={search}
            isLast={index === columns.length - 1}
          />
        ))}
      </BrowseColumns>
    </>
  )
}
