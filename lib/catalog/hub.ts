import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { keepDear } from '@/lib/core/keep-dear'
import { readerOwners } from '@/lib/registry'
import type { Hub } from './browse-operations'
import { catalogueState, textOf } from './kept-counts'

/** What is known around an entity or within a domain. */
export type HubOf = { entity: string } | { domain: string }

const counted = z.object({ name: z.string(), count: z.int() })
const answer = z.object({
  groups: z.int(),
  features: z.int(),
  owners: z.array(counted),
  services: z.array(counted),
  services_total: z.int(),
  sources: z.array(z.string()),
  readers_total: z.int(),
  readers: z.array(z.object({ kind: z.string(), id: z.string(), reads: z.number() })),
})

const shownDays = 30
const most = 12
/** Of so many, members and their reads take longer than a page may. */
const manyFeatures = 2000

const seen = (ctx: Context, alias: string, hasGroup: boolean): SQL =>
  visible(ctx, {
    teamId: sql.raw(`${alias}.team_id`),
    classification: sql.raw(`${alias}.classification`),
    ...(hasGroup ? { groupId: sql.raw(`${alias}.group_id`) } : {}),
  })

// One read of several features left a line a feature: the most read one tells how often was read.
const statement = (ctx: Context, of: HubOf, since: string): SQL => sql`
  with member as materialized (
    select d.kind, d.name, d.short_name, d.group_id, d.group_name, d.team from catalog_documents d
    where d.kind in ('group', 'feature') and d.lifecycle <> 'archived' and ${seen(ctx, 'd', true)}
      and ${'entity' in of ? sql`d.entity = ${of.entity}` : sql`d.domain = ${of.domain}`}
  ), owner as (
    select team as name, count(*)::int as count from member where kind = 'group' group by 1 order by 2 desc, 1 limit ${most}
  ), service as (
    select s.name, count(distinct m.name)::int as count
    from catalog_documents s
    join feature_services fs on fs.name = s.name
    join lateral (
      select v.features from feature_service_versions v where v.service_id = fs.id order by v.version desc limit 1
    ) newest on true
    cross join lateral jsonb_to_recordset(newest.features) as f("groupId" text, feature text)
    join member m on m.kind = 'feature' and m.group_id = f."groupId" and m.short_name = f.feature
    where s.kind = 'service' and s.lifecycle <> 'archived' and ${seen(ctx, 's', false)}
    group by 1
  ), source as (
    select distinct s.name from edges e
    join member m on m.kind = 'group' and m.name = e.to_name
    join catalog_documents s on s.kind = 'source' and s.name = e.from_name
    where e.from_kind = 'source' and e.to_kind = 'group' and e.relation = 'feeds' and e.valid_to is null
      and ${seen(ctx, 's', false)}
  ), line as (
    select u.consumer_kind as kind, u.consumer_id as id, u.group_name, u.side, u.feature, sum(u.reads)::float8 as reads
    from usage_minutes u join member m on m.kind = 'feature' and m.group_name = u.group_name and m.short_name = u.feature
    where u.minute >= ${since}::timestamptz and u.environment = ${ctx.environment}
    group by 1, 2, 3, 4, 5
  ), reader as (
    select kind, id, sum(most) as reads
    from (select kind, id, group_name, side, max(reads) as most from line group by 1, 2, 3, 4) once group by 1, 2
  )
  select (select count(*)::int from member where kind = 'group') as groups,
    (select count(*)::int from member where kind = 'feature') as features,
    (select coalesce(json_agg(o), '[]') from owner o) as owners,
    (select coalesce(json_agg(s), '[]') from (select * from service order by count desc, name limit ${most}) s) as services,
    (select count(*)::int from service) as services_total,
    (select coalesce(json_agg(s.name), '[]') from (select name from source order by name limit ${most}) s) as sources,
    (select count(*)::int from reader) as readers_total,
    (select coalesce(json_agg(r), '[]') from (select * from reader order by reads desc, id limit 6) r) as readers`

/**
 * The hub of an entity or a domain: groups, features, owners, services, sources and real readers, as far as the caller
 * may know of them. The caller has read the entity or the domain itself. Errors: `forbidden`.
 */
export async function getHub(ctx: Context, of: HubOf): Promise<Hub> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const since = new Date(ctx.now().getTime() - shownDays * 86_400_000).toISOString()
  const { services_total, readers_total, readers, ...rest } = await keepDear({
    key: JSON.stringify(['hub', of, ctx.environment, textOf(seen(ctx, 'd', true))]),
    state: catalogueState,
    ask: async () => answer.parse((await db().execute(statement(ctx, of, since)))[0]),
    isDear: ({ features }) => features >= manyFeatures,
  })
  const readerOf = await readerOwners(
    db(),
    readers.map(({ id }) => id),
  )
  return {
    ...rest,
    servicesTotal: services_total,
    readersTotal: readers_total,
    readers: readers.map(({ kind, id, reads }) => ({ kind, name: readerOf(id).name, reads })),
  }
}
