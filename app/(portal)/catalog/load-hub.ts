import { getHub, search } from '@/lib/catalog'
import { searchQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { getFreshness } from '@/lib/monitoring'
import { loadSigns } from './load-signs'

const rowsAPage = 25

/** What stands around an entity or in a domain, and a page of its groups with their life. */
export async function loadHub(
  ctx: Context,
  of: { entity: string } | { domain: string },
  cursor: string | string[] | undefined,
) {
  const query = parseInput(searchQuery, { ...of, kind: 'group', sort: 'name', limit: rowsAPage, cursor })
  const [hub, groups] = await Promise.all([getHub(ctx, of), search(ctx, query)])
  const names = groups.data.map(({ name }) => name)
  const [signs, fresh] = await Promise.all([loadSigns(ctx, groups.data), getFreshness(ctx, names)])
  return {
    hub,
    groups: { data: groups.data, meta: groups.meta },
    signs,
    fresh,
    cursor: query.cursor ?? null,
    limit: rowsAPage,
    environment: ctx.environment === 'prod' ? null : ctx.environment,
  }
}
