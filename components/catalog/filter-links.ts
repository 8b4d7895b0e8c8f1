import type { FilterChip } from '@/components/data-table/filter-chips'
import type { FacetName } from '@/lib/catalog/operations'

export const facetLabels: Record<FacetName, string> = {
  kind: 'Kind',
  team: 'Owner',
  entity: 'Entity',
  domain: 'Domain',
  type: 'Type',
  tag: 'Tag',
  lifecycle: 'Lifecycle',
  classification: 'Classification',
  certified: 'Certification',
}

/** In the order in which they stand beside the list. */
export const facetOrder: readonly FacetName[] = [
  'kind',
  'domain',
  'entity',
  'team',
  'lifecycle',
  'certified',
  'type',
  'tag',
  'classification',
]

/** The list with one more filter, or without it when it is in force; back on its first page. */
export function toggleFilter(path: string, search: URLSearchParams, facet: string, value: string): string {
  const next = new URLSearchParams()
  for (const [name, one] of search) {
    const isThis = name === facet && one === value
    if (!isThis && name !== 'cursor' && name !== 'peek') next.append(name, one)
  }
  if (!search.getAll(facet).includes(value)) next.append(facet, value)
  const text = next.toString()
  return text ? `${path}?${text}` : path
}

/** The list without one filter, however many values of it were chosen. */
export function dropFilter(path: string, search: URLSearchParams, filter: string): string {
  const gone = [filter, 'cursor', 'peek']
  const next = new URLSearchParams([...search].filter(([name]) => !gone.includes(name)))
  return next.size > 0 ? `${path}?${next}` : path
}

/** The list without any filter; what was searched for, its order and its columns stay. */
export function withoutFilters(path: string, search: URLSearchParams): string {
  const gone: readonly string[] = [...facetOrder, 'group', 'cursor', 'peek']
  const next = new URLSearchParams([...search].filter(([name]) => !gone.includes(name)))
  return next.size > 0 ? `${path}?${next}` : path
}

/** The filters in force, each with the list that drops it. */
export function filterChips(path: string, search: URLSearchParams): FilterChip[] {
  const group = search.get('group')
  const chips = facetOrder.flatMap((facet) =>
    search.getAll(facet).map((value) => ({
      label: facetLabels[facet],
      value,
      removeHref: toggleFilter(path, search, facet, value),
    })),
  )
  if (group === null) return chips
  return [{ label: 'Feature group', value: group, removeHref: dropFilter(path, search, 'group') }, ...chips]
}
