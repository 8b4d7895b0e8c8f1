import { type SQL, sql } from 'drizzle-orm'
import { catalogDocuments as document } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { SearchQuery } from './operations'
import { columns, countsOf, hits, lines, passesAll, standing, within } from './search-columns'

/** As the indexes have them: a page is read from there, not sorted. */
const orders: Record<SearchQuery['sort'], SQL> = {
  relevance: sql`(${document.lifecycle} in ('deprecated', 'archived')),
    array_position(array['group','feature','service','entity','source','dataset'], ${document.kind}),
    ${document.groupName}, ${document.position}, ${document.name}`,
  name: sql`${document.name}, ${document.kind}`,
  '-name': sql`${document.name} desc, ${document.kind} desc`,
  updated_at: sql`${document.updatedAt}, ${document.name}, ${document.kind}`,
  '-updated_at': sql`${document.updatedAt} desc, ${document.name} desc, ${document.kind} desc`,
}

/** A page of the catalogue without a query. */
export const browseStatement = (
  ctx: Context,
  query: SearchQuery,
  offset: number,
): SQL => sql`with ${standing(ctx)}, page as (
    select ${document.kind} as kind, ${document.name} as name, 0 as rank, standing.certified,
      row_number() over (order by ${orders[query.sort]}) as at
    from ${lines} where ${within(ctx, query)} and ${passesAll(query)}
    order by ${orders[query.sort]} limit ${query.limit} offset ${offset}
  ) select ${hits} as hits`

/** How much there is of everything that the caller may see, under the filters: `counts`, as countsOf. */
export const countStatement = (ctx: Context, query: SearchQuery): SQL => sql`with ${standing(ctx)}
  select ${countsOf(query, sql`(select ${columns(query)} from ${lines} where ${within(ctx, query)})`)} as counts`
