import { type BrowsePlace, pageParam } from '@/components/catalog/browse/browse-links'
import { browse } from '@/lib/catalog'
import { type BrowseLevel, browseQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { loadPeek } from '../load-peek'

const rowsAColumn = 25

/** The choices of the address in their order: what stands beneath a level that is not chosen is no choice. */
function placeOf(search: URLSearchParams): BrowsePlace {
  const [domain, entity, group] = [search.get('domain'), search.get('entity'), search.get('group')]
  if (domain === null) return {}
  if (entity === null) return { domain }
  return group === null ? { domain, entity } : { domain, entity, group }
}

/** A page of each level down to the one beneath the last choice, and the feature in the panel. */
export async function loadBrowse(ctx: Context, search: URLSearchParams) {
  const place = placeOf(search)
  const page = (level: BrowseLevel, within: BrowsePlace) => {
    const cursor = search.get(pageParam(level)) ?? undefined
    return browse(ctx, parseInput(browseQuery, { ...within, limit: rowsAColumn, cursor }))
  }
  const { domain, entity, group } = place
  const [columns, peek] = await Promise.all([
    Promise.all([
      page('domain', {}),
      ...(domain === undefined ? [] : [page('entity', { domain })]),
      ...(domain === undefined || entity === undefined ? [] : [page('group', { domain, entity })]),
      ...(group === undefined ? [] : [page('feature', place)]),
    ]),
    loadPeek(ctx, search.get('peek') ?? undefined),
  ])
  return { place, columns, peek }
}
