import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { decide, systemResource, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant, readerOwners } from '@/lib/registry'
import { flushServed, latencyBuckets, latencyQuantile } from '@/lib/usage'
import type { ServingQuery, ServingResource, ServingRowResource } from '../usage-lists-operations'
import { type UsageRange, usageRange } from './range'

const mostRows = 500

const row = z.object({
  subject: z.string(),
  route: z.string(),
  at: z.string(),
  kind: z.enum(['answered', 'refused', 'failed']),
  place: z.int(),
  count: z.number(),
})
type Row = z.output<typeof row>

const subjectOf: Record<ServingQuery['by'], SQL> = {
  service: sql`service`,
  route: sql`''`,
  consumer: sql`consumer_id`,
}

/** Reads through services that the caller may know of; others tell of nothing by name, and to auditors alone. */
function mayKnow(ctx: Context): SQL {
  const may = visible(ctx, {
    teamId: document.teamId,
    classification: document.classification,
    groupId: document.groupId,
  })
  const named = sql`exists (select 1 from ${document} where ${document.kind} = 'service' and ${document.name} = service and ${may})`
  return decide(ctx, 'audit:read', systemResource).allowed ? sql`(service = '' or ${named})` : named
}

async function counted(ctx: Context, range: UsageRange, query: ServingQuery): Promise<Row[]> {
  const rows = await db().execute(sql`
    with own as materialized (
      select ${subjectOf[query.by]} as subject, route, date_trunc(${range.bucket}, hour, 'UTC') as at,
        case when status >= 500 then 'failed' when status >= 400 then 'refused' else 'answered' end as kind,
        requests, latency
      from serving_hours
      where hour >= ${range.from.toISOString()}::timestamptz and hour <= ${range.to.toISOString()}::timestamptz
        and environment = ${ctx.environment} and ${mayKnow(ctx)}
        ${query.service === undefined ? sql`` : sql`and service = ${query.service}`}
    ), top as (
      select subject, route from own group by 1, 2 order by sum(requests) desc, subject, route limit ${mostRows}
    )
    select subject, route, at::text, kind, place::int, sum(count)::float8 as count
    from own join top using (subject, route), unnest(latency) with ordinality as bucket (count, place)
    where count > 0 group by 1, 2, at, 4, 5 order by at`)
  return z.array(row).parse([...rows])
}

function servedOf(rows: readonly Row[]) {
  const latency = new Array<number>(latencyBuckets).fill(0)
  const counts = { answered: 0, refused: 0, failed: 0 }
  for (const { kind, place, count } of rows) {
    counts[kind] += count
    if (kind === 'answered') latency[place - 1] = (latency[place - 1] ?? 0) + count
  }
  return {
    requests: counts.answered + counts.refused + counts.failed,
    refused: counts.refused,
    failed: counts.failed,
    p50_ms: latencyQuantile(latency, 0.5),
    p99_ms: latencyQuantile(latency, 0.99),
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const known = groups.get(key)
    if (known) known.push(item)
    else groups.set(key, [item])
  }
  return groups
}

const series = (rows: readonly Row[], starts: readonly string[]) => {
  const byStart = groupBy(rows, ({ at }) => new Date(isoInstant(at)).toISOString())
  return starts.map((start) => servedOf(byStart.get(start) ?? []))
}

/**
 * How reads were answered in a range, by route and service or consumer. The caller is told of services that they may
 * know of; of reads that name none only with the right to read the audit log. Errors: `forbidden`, `invalid`.
 */
export async function getServing(ctx: Context, query: ServingQuery): Promise<ServingResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const range = usageRange(query, ctx.now())
  await flushServed()
  const found = await counted(ctx, range, query)
  const groups = [...groupBy(found, ({ subject, route }) => `${subject} ${route}`).values()]
  const isOfReaders = query.by === 'consumer'
  const readerOf = await readerOwners(db(), isOfReaders ? found.map(({ subject }) => subject) : [])
  const rows = groups.map((own): ServingRowResource => {
    const { subject = '', route = '' } = own[0] ?? {}
    const reader = isOfReaders && subject !== '' ? readerOf(subject) : null
    return {
      route,
      service: query.by === 'service' && subject !== '' ? subject : null,
      consumer: reader?.name ?? null,
      owner: reader?.owner?.name ?? null,
      ...servedOf(own),
      series: series(own, range.starts),
    }
  })
  return {
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    bucket: range.bucket,
    buckets: series(found, range.starts).map((served, at) => ({ start: range.starts[at] ?? '', ...served })),
    rows: rows.sort((a, b) => b.requests - a.requests),
  }
}
