import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

const row = z.object({
  name: z.string(),
  description: z.string(),
  team: z.string(),
  readers: z.int(),
  reads: z.number(),
})

/** A group by its real reads in the last 30 days, in the caller's environment. */
export type PopularGroup = z.output<typeof row>

const shownDays = 30

/** The groups that the caller may know of and that most consumers read, most read first. Errors: `forbidden`. */
export async function listPopularGroups(ctx: Context, { limit }: { limit: number }): Promise<PopularGroup[]> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const since = new Date(ctx.now().getTime() - shownDays * 86_400_000).toISOString()
  const may = visible(ctx, {
    teamId: document.teamId,
    classification: document.classification,
    groupId: document.groupId,
  })
  // One read of several features counts once a feature: the most read one tells how often was read.
  const rows = await db().execute(sql`
    with line as (
      select group_name, feature, consumer_kind || ' ' || consumer_id as reader, side, sum(reads)::float8 as reads
      from usage_minutes
      where minute >= ${since}::timestamptz and environment = ${ctx.environment}
      group by 1, 2, 3, 4
    ), once as (
      select group_name, reader, side, max(reads) as reads from line group by 1, 2, 3
    ), ranked as (
      select group_name, count(distinct reader)::int as readers, sum(reads) as reads from once group by 1
    )
    select ${document.name} as name, ${document.description} as description, ${document.team} as team,
      ranked.readers, ranked.reads
    from ${document} join ranked on ranked.group_name = ${document.name}
    where ${document.kind} = 'group' and ${document.lifecycle} <> 'archived' and ${may}
    order by ranked.readers desc, ranked.reads desc, ${document.name}
    limit ${limit}`)
  return z.array(row).parse(rows)
}
