import type { Context } from '@/lib/core/context'
import { type CsvCell, csvLine } from '@/lib/core/csv-line'
import type { HitResource, SearchQuery } from './operations'
import { search } from './search'

const mostLines = 10_000

const header = [
  'kind',
  'name',
  'description',
  'entity',
  'type',
  'owner_team',
  'tags',
  'lifecycle',
  'classification',
  'certified',
  'updated_at',
]

const cells = (hit: HitResource): CsvCell[] => [
  hit.kind,
  hit.name,
  hit.description,
  hit.entity,
  hit.type,
  hit.team,
  hit.tags.join(' '),
  hit.lifecycle,
  hit.classification,
  hit.certified,
  hit.updated_at,
]

/** What a search lists, as CSV, in its order and whatever page was asked for. Errors: as search. */
export async function searchCsv(ctx: Context, { cursor: _page, ...query }: SearchQuery): Promise<string> {
  const { data } = await search(ctx, { ...query, facets: 'false', limit: mostLines })
  return [header, ...data.map(cells)].map(csvLine).join('')
}
