import { withParams } from '@/components/ui/route'
import { type BrowseLevel, unstated } from '@/lib/catalog/operations'
import { assetHref } from '../asset-href'

export const browsePath = '/catalog/browse'

/** What the address of the page says: a choice a level, and each column's page. */
export interface BrowsePlace {
  domain?: string
  entity?: string
  group?: string
}

export const levelWords: Record<BrowseLevel, { title: string; none: string }> = {
  domain: { title: 'Domains', none: 'Nothing is registered yet.' },
  entity: { title: 'Entities', none: 'No entity and no group names this domain yet.' },
  group: { title: 'Feature groups', none: 'No feature group that you may see.' },
  feature: { title: 'Features', none: 'No feature that you may see.' },
}

/** The parameter that holds a column's page. */
export const pageParam = (level: BrowseLevel) => `${level}_page`

const order = ['domain', 'entity', 'group'] as const
const isChoice = (level: BrowseLevel): level is (typeof order)[number] => level !== 'feature'

/** The page with one line chosen: what was chosen beneath it is left, pages of the columns to its left stay. */
export function chooseHref(search: URLSearchParams, level: BrowseLevel, name: string): string {
  if (!isChoice(level))
    return withParams(browsePath, search, { peek: `feature/${search.get('group')}:${name}` })
  const gone: BrowseLevel[] = ['entity', 'group', 'feature']
  const beneath = gone.slice(order.indexOf(level))
  const changes = beneath.flatMap((one) => [
    [one, null],
    [pageParam(one), null],
  ])
  return withParams(browsePath, search, { ...Object.fromEntries(changes), peek: null, [level]: name })
}

/** A line's words: what states no domain has no name of its own. */
export function lineName(level: BrowseLevel, name: string): string {
  if (name !== unstated) return name
  return level === 'domain' ? 'no domain stated' : 'no entity: one row'
}

/** The page of what a column's line stands for; null for what has none. */
export function ownPage(level: BrowseLevel, name: string): string | null {
  if (name === unstated || level === 'feature') return null
  return level === 'domain' ? `/domains/${encodeURIComponent(name)}` : assetHref(level, name)
}

/** The same as a list with facets, which knows of everything but what states nothing. */
export function listHref({ domain, entity, group }: BrowsePlace): string {
  const of = (name: string | undefined) => (name === undefined || name === unstated ? null : name)
  return withParams('/catalog', '', { domain: of(domain), entity: of(entity), group: of(group) })
}
