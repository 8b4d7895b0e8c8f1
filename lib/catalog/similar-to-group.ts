import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

/** Another group, and what both have in common. */
export interface SimilarGroup {
  name: string
  description: string
  team: string
  lifecycle: string
  isSameEntity: boolean
  /** Feature names that both have. */
  features: string[]
  tags: string[]
}

interface Asked {
  name: string
  entity: string | null
  tags: readonly string[]
}

const mostGroups = 5
/** Names looked at of the own features, groups that have each, and groups of the same entity: an answer in milliseconds. */
const most = { names: 100, ofName: 30, ofEntity: 60 }

const row = z.object({
  name: z.string(),
  description: z.string(),
  team: z.string(),
  lifecycle: z.string(),
  same_entity: z.boolean(),
  features: z.array(z.string()),
  tags: z.array(z.string()),
})

const seenBy = (ctx: Context) =>
  visible(ctx, { teamId: sql`d.team_id`, classification: sql`d.classification`, groupId: sql`d.group_id` })

function query(ctx: Context, { name, entity, tags }: Asked) {
  const own = sql`array(select jsonb_array_elements_text(${JSON.stringify(tags)}::jsonb))`
  return sql`
    with me as (
      select group_id from catalog_documents where kind = 'group' and name = ${name}
    ), own as (
      select short_name from catalog_documents
      where kind = 'feature' and group_id = (select group_id from me) order by position limit ${most.names}
    ), shared as (
      select other.group_id, array_agg(own.short_name order by own.short_name) as features
      from own cross join lateral (
        select d.group_id from catalog_documents d
        where translate(d.short_name, '_', '') = translate(own.short_name, '_', '') -- as the index has it
          and d.kind = 'feature' and d.short_name = own.short_name and d.group_id <> (select group_id from me) and ${seenBy(ctx)}
        limit ${most.ofName}
      ) other
      group by 1
    ), near as (
      select d.group_id from catalog_documents d
      where d.kind = 'group' and d.entity = ${entity} and d.name <> ${name} and ${seenBy(ctx)}
      limit ${most.ofEntity}
    ), found as (
      select d.name, d.description, d.team, d.lifecycle, d.entity is not distinct from ${entity} and d.entity is not null as same_entity,
        coalesce(shared.features, '{}') as features,
        array(select unnest(d.tags) intersect select unnest(${own}) order by 1) as tags
      from catalog_documents d left join shared on shared.group_id = d.group_id
      where d.kind = 'group' and d.lifecycle <> 'archived' and ${seenBy(ctx)}
        and d.group_id in (select group_id from shared union select group_id from near)
    )
    select * from found
    order by cardinality(features) * 4 + same_entity::int * 2 + cardinality(tags) desc, name
    limit ${mostGroups}`
}

/** Groups that have feature names, entity or tags in common with this one, most first; only what the caller may know of. */
export async function similarToGroup(ctx: Context, group: Asked): Promise<SimilarGroup[]> {
  const rows = z.array(row).parse([...(await db().execute(query(ctx, group)))])
  return rows.map(({ same_entity: isSameEntity, ...one }) => ({ ...one, isSameEntity }))
}
