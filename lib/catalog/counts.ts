import { z } from 'zod'
import type { FacetName, SearchResource } from './operations'
import { facetNames } from './plain'

const countRow = z.object({
  facet: z.enum(facetNames).nullable(),
  value: z.string().nullable(),
  total: z.int(),
  unfiltered: z.int(),
  without: z.partialRecord(z.enum(facetNames), z.int()),
})
const countsRow = z.object({ counts: z.array(countRow) })
/** How much a query finds: in all, under the filters, without each of them, and by the values of each facet. */
export interface Counts {
  unfiltered: number
  total: number
  without: Partial<Record<FacetName, number>>
  facets: SearchResource['facets']
}
export const noFacets = (): SearchResource['facets'] => ({
  kind: [],
  team: [],
  entity: [],
  domain: [],
  type: [],
  tag: [],
  lifecycle: [],
  classification: [],
  certified: [],
})

/** Each value with what choosing it would give, the most first. */
export function countsOf(row: unknown): Counts {
  const { counts } = countsRow.parse(row)
  const facets = noFacets()
  for (const { facet, value, total, without } of counts) {
    const count = facet === null ? 0 : (without[facet] ?? total)
    if (facet !== null && value !== null && count > 0) facets[facet].push({ value, count })
  }
  for (const name of facetNames)
    facets[name].sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1))
  const all = counts.find(({ facet }) => facet === null)
  return { total: all?.total ?? 0, unfiltered: all?.unfiltered ?? 0, without: all?.without ?? {}, facets }
}
