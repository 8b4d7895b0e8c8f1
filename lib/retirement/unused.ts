import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { offsetOf, pageOf } from '@/lib/registry'
import { flushUsage } from '@/lib/usage'
import { type UnusedQuery, type UnusedResource, unusedKinds } from './operations'

const dayMs = 86_400_000

const row = z.object({
  kind: z.enum(unusedKinds),
  name: z.string(),
  version: z.int().nullable(),
  team: z.string(),
  lifecycle: z.string(),
  sinceMs: z.number(),
  lastReadMs: z.number().nullable(),
})
type Row = z.output<typeof row>

/** Everything that is served and that the reader may know of, with its last read by anybody but the portal itself. */
const assets = (ctx: Context): SQL => sql`
  with reads as (
    select group_name, feature, max(minute) as last from usage_minutes
    where consumer_kind <> 'system' group by group_name, feature
  ), whole as (select group_name, max(last) as last from reads group by group_name)
  select ${document.kind} as kind, ${document.name} as name, ${document.team} as team,
    ${document.lifecycle} as lifecycle, v.major as version,
    extract(epoch from coalesce(b.since, g.created_at, s.created_at))::float8 * 1000 as "sinceMs",
    extract(epoch from case ${document.kind} when 'feature' then r.last else w.last end)::float8 * 1000 as "lastReadMs"
  from ${document}
  left join feature_groups g on g.id = ${document.groupId}
  left join feature_services s on ${document.kind} = 'service' and s.name = ${document.name}
  left join lateral (select major from feature_group_versions o
    where o.group_id = g.id and o.state in ('active', 'deprecated')
    order by o.state = 'active' desc, o.major desc limit 1) v on true
  -- A feature is as old as the first revision that holds it; what a migration wrote knows no better than its group.
  left join lateral (select min(o.created_at) filter (where not o.backfilled) as since from version_revisions o
    where ${document.kind} = 'feature' and o.group_id = g.id
    and o.definition @> jsonb_build_object('features', jsonb_build_array(jsonb_build_object('name', ${document.shortName})))
    having not bool_or(o.backfilled)) b on true
  left join reads r on r.group_name = ${document.groupName} and r.feature = ${document.shortName}
  left join whole w on w.group_name = case ${document.kind} when 'service' then 'service/' || ${document.name} else ${document.name} end
  where ${document.kind} in ('feature', 'group', 'service') and ${document.lifecycle} in ('active', 'deprecated')
    and coalesce(g.created_at, s.created_at) is not null
    and ${visible(ctx, { teamId: document.teamId, classification: document.classification, groupId: document.groupId })}`

/** Nobody read it within the days, and it was there for as long: exactly so many days are enough. */
const idleSince = (ctx: Context, days: number): SQL =>
  sql`coalesce(a."lastReadMs", a."sinceMs") <= ${ctx.now().getTime() - days * dayMs}::float8`

const filtered = (ctx: Context, { kind, which, days, team, q }: UnusedQuery): SQL => sql`
  a.kind = ${kind} and ${idleSince(ctx, days)}
  ${which === 'never' ? sql`and a."lastReadMs" is null` : sql``}
  ${team === undefined ? sql`` : sql`and a.team = ${team}`}
  ${q === undefined || q === '' ? sql`` : sql`and position(lower(${q}) in lower(a.name)) > 0`}`

const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

const resourceOf = (nowMs: number, { sinceMs, lastReadMs, team, ...one }: Row): UnusedResource => ({
  ...one,
  owner_team: team,
  since: iso(sinceMs),
  last_read: lastReadMs === null ? null : iso(lastReadMs),
  idle_days: Math.floor((nowMs - (lastReadMs ?? sinceMs)) / dayMs),
})

/** What nobody reads, of what the caller may know of, longest idle first. Errors: `forbidden`. */
export async function listUnused(ctx: Context, query: UnusedQuery) {
  await authorizeAtAll(ctx, 'catalog:describe')
  await flushUsage()
  const offset = offsetOf(query.cursor)
  const found = await db().execute(sql`
    select a.*, count(*) over ()::int as total from (${assets(ctx)}) a where ${filtered(ctx, query)}
    order by coalesce(a."lastReadMs", a."sinceMs"), a.name limit ${query.limit} offset ${offset}`)
  const rows = z.array(row.extend({ total: z.int() })).parse([...found])
  const nowMs = ctx.now().getTime()
  const data = rows.map(({ total: _, ...one }) => resourceOf(nowMs, one))
  const total = rows[0]?.total ?? (offset === 0 ? 0 : await countUnused(ctx, query))
  return pageOf(data, offset, query.limit, total)
}

async function countUnused(ctx: Context, query: UnusedQuery): Promise<number> {
  const [found] = await db().execute<{ total: number }>(
    sql`select count(*)::int as total from (${assets(ctx)}) a where ${filtered(ctx, query)}`,
  )
  return found?.total ?? 0
}

const figureRow = z.object({ kind: z.enum(unusedKinds), unread: z.int(), never: z.int() })

/** How many of each kind nobody reads. */
export async function countUnusedByKind(ctx: Context, days: number) {
  const found = await db().execute(sql`
    select a.kind, count(*)::int as unread, count(*) filter (where a."lastReadMs" is null)::int as never
    from (${assets(ctx)}) a where ${idleSince(ctx, days)} group by a.kind`)
  const rows = z.array(figureRow).parse([...found])
  const of = (kind: (typeof unusedKinds)[number]) => {
    const { unread = 0, never = 0 } = rows.find((one) => one.kind === kind) ?? {}
    return { unread, never }
  }
  return { feature: of('feature'), group: of('group'), service: of('service') }
}
