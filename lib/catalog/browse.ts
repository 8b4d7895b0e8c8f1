import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { offsetOf, pageOf } from '@/lib/registry'
import {
  type BrowseLevel,
  type BrowseLine,
  type BrowseQuery,
  type BrowseResource,
  unstated,
} from './browse-operations'
import { keptRows } from './kept-counts'

const row = z.object({
  name: z.string(),
  description: z.string(),
  owner_team: z.string().nullable(),
  groups: z.int().nullable(),
  features: z.int().nullable(),
  type: z.string().nullable(),
  lifecycle: z.string().nullable(),
  total: z.int(),
})

const isName = (column: SQL, name: string | undefined): SQL => {
  if (name === undefined) return sql`true`
  return name === unstated ? sql`${column} is null` : sql`${column} = ${name}`
}

const seen = (ctx: Context): SQL =>
  visible(ctx, { teamId: sql`d.team_id`, classification: sql`d.classification`, groupId: sql`d.group_id` })

/** Lines of groups and features that the caller may know of. */
const members = (ctx: Context, query: BrowseQuery): SQL => sql`
  select d.kind, d.name, d.description, d.team, d.entity, d.data_type, d.lifecycle, d.position, d.domain
  from catalog_documents d
  where d.kind in ('group', 'feature') and d.lifecycle <> 'archived' and ${isName(sql`d.domain`, query.domain)}
    and ${isName(sql`d.entity`, query.entity)} and ${seen(ctx)}`

/** Assets of a registry table by their name, as far as the caller may know of them. */
const registered = (ctx: Context, table: 'domains' | 'entities'): SQL => sql`
  select a.name, a.description, t.name as team, ${table === 'domains' ? sql`null::text` : sql`a.domain`} as domain
  from ${sql.raw(table)} a join teams t on t.id = a.owner_team_id
  where ${visible(ctx, { teamId: sql`a.owner_team_id`, classification: sql`'internal'` })}`

const countedRow = z.object({
  name: z.string().nullable(),
  groups: z.int(),
  features: z.int(),
  lines: z.int(),
})

/** Groups and features by what they name: counted over all lines that the caller may know of. */
const countedBy = (ctx: Context, query: BrowseQuery, level: 'domain' | 'entity') =>
  keptRows(
    ctx,
    sql`select ${sql.raw(level)} as name, count(*) filter (where kind = 'group')::int as groups,
        count(*) filter (where kind = 'feature')::int as features, count(*)::int as lines
      from (${members(ctx, query)}) m group by 1`,
    async (statement) => z.array(countedRow).parse([...(await db().execute(statement))]),
  )

/** One line a domain or an entity: those that groups name, and those that are registered and still empty. */
async function gathered(ctx: Context, query: BrowseQuery, level: 'domain' | 'entity'): Promise<SQL> {
  const counted = JSON.stringify(await countedBy(ctx, query, level))
  const own = registered(ctx, level === 'domain' ? 'domains' : 'entities')
  const within = level === 'domain' ? sql`true` : isName(sql`o.domain`, query.domain)
  return sql`
    with own as (${own}), counted as (
      select * from jsonb_to_recordset(${counted}::jsonb) as c(name text, groups int, features int)
    )
    select coalesce(c.name, o.name, ${unstated}) as name, coalesce(o.description, '') as description, o.team as owner_team,
      coalesce(c.groups, 0) as groups, coalesce(c.features, 0) as features, null::text as type, null::text as lifecycle,
      (c.name is null and o.name is null) as last, 0 as position
    from counted c full join own o on o.name = c.name
    where c.groups is not null or ${within}`
}

/** Features are counted of the groups of the page alone. */
const groupsOf = (ctx: Context, query: BrowseQuery): SQL => sql`
  select g.name, g.description, g.team as owner_team, null::int as groups, null::int as features,
    null::text as type, g.lifecycle, false as last, 0 as position
  from (${members(ctx, query)} and d.kind = 'group') g`

const featuresIn = (ctx: Context): SQL => sql`(
  select count(*)::int from catalog_documents d
  where d.kind = 'feature' and d.group_name = page.name and d.lifecycle <> 'archived' and ${seen(ctx)})`

const featuresOf = (ctx: Context, query: BrowseQuery): SQL => sql`
  select split_part(m.name, ':', 2) as name, m.description, m.team as owner_team, null::int as groups,
    null::int as features, m.data_type as type, m.lifecycle, false as last, m.position
  from (${members(ctx, query)} and d.kind = 'feature' and d.group_name = ${query.group}) m`

const levels: Record<BrowseLevel, (ctx: Context, query: BrowseQuery) => SQL | Promise<SQL>> = {
  domain: (ctx, query) => gathered(ctx, query, 'domain'),
  entity: (ctx, query) => gathered(ctx, query, 'entity'),
  group: groupsOf,
  feature: featuresOf,
}

/** The level beneath what the query names. */
function levelOf({ domain, entity, group }: BrowseQuery): BrowseLevel {
  if (group !== undefined) return 'feature'
  if (entity !== undefined) return 'group'
  return domain === undefined ? 'domain' : 'entity'
}

/**
 * One level of domain → entity → group → feature: what the caller may know of and is not archived, with counts of the
 * same, by name (features in their order). What states no domain comes last. Errors: `forbidden`, `invalid`.
 */
export async function browse(ctx: Context, query: BrowseQuery): Promise<BrowseResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(query.cursor)
  const level = levelOf(query)
  const lines = await levels[level](ctx, query)
  const found = await db().execute(sql`
    select name, description, owner_team, groups, ${level === 'group' ? featuresIn(ctx) : sql`features`} as features, type,
      lifecycle, total
    from (
      select line.*, (count(*) over ())::int as total
      from (${lines}) line order by last, position, name limit ${query.limit} offset ${offset}
    ) page order by last, position, name`)
  const rows = z.array(row).parse(found)
  const data = rows.map(({ total: _total, ...line }): BrowseLine => line)
  return { level, ...pageOf(data, offset, query.limit, rows[0]?.total ?? 0) }
}
