import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { getFeatureGroup } from '@/lib/registry'
import { flushUsage } from '@/lib/usage'
import type { TogetherQuery, TogetherResource } from '../usage-lists-operations'

const dayMs = 86_400_000
const other = z.object({ feature: z.string(), team: z.string(), reads: z.number() })
const service = z.object({ name: z.string(), reads: z.number() })

/** Selections that hold the feature, with how often each was read. */
const sets = (ctx: Context, { feature, days }: TogetherQuery): SQL => sql`
  with own as materialized (
    select s.id, s.service, s.members, sum(d.reads)::float8 as reads
    from read_sets s join read_set_days d on d.set_id = s.id
    where s.members @> array[${feature}] and d.environment = ${ctx.environment}
      and d.day >= ${new Date(Math.floor(ctx.now().getTime() / dayMs) * dayMs - (days - 1) * dayMs).toISOString()}::timestamptz
    group by s.id
  )`

async function requireKnown(ctx: Context, reference: string): Promise<void> {
  const [group = '', feature] = reference.split(':')
  const { features } = await getFeatureGroup(ctx, group)
  if (!features.some(({ name }) => name === feature)) throw notFound(`Feature ${reference}`)
}

/**
 * Features that were read in the same requests as one, of those that the caller may know of, most reads first.
 * Errors: `not_found`, the same for a missing and for a hidden feature.
 */
export async function getUsedTogether(ctx: Context, query: TogetherQuery): Promise<TogetherResource> {
  await requireKnown(ctx, query.feature)
  await flushUsage()
  const may = visible(ctx, {
    teamId: document.teamId,
    classification: document.classification,
    groupId: document.groupId,
  })
  // Of what is hidden nothing is told, so a read with hidden features alone is none with others.
  const known = sql`${sets(ctx, query)}, pair as materialized (
    select own.id, own.service, own.reads, ${document.name} as feature, ${document.team} as team
    from own, unnest(own.members) as member join ${document} on ${document.kind} = 'feature' and ${document.name} = member
    where member <> ${query.feature} and ${may}
  )`
  const [others, services, [all]] = await Promise.all([
    db().execute(sql`${known}
      select feature, team, sum(reads) as reads from pair group by 1, 2 order by 3 desc, 1 limit ${query.limit}`),
    db().execute(sql`${sets(ctx, query)}
      select ${document.name} as name, sum(own.reads) as reads from own
      join ${document} on ${document.kind} = 'service' and ${document.name} = own.service
      where ${may} group by 1 order by 2 desc, 1 limit 20`),
    db().execute<{ reads: number }>(sql`${known}
      select coalesce(sum(reads), 0)::float8 as reads from (select distinct id, reads from pair) once`),
  ])
  const reads = all?.reads ?? 0
  return {
    feature: query.feature,
    reads,
    data: z
      .array(other)
      .parse([...others])
      .map((one) => ({ ...one, share: reads === 0 ? 0 : one.reads / reads })),
    services: z.array(service).parse([...services]),
  }
}
