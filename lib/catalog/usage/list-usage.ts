import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { keepDear } from '@/lib/core/keep-dear'
import { isoInstant, type KnownReader, offsetOf, pageOf, readerOwners } from '@/lib/registry'
import { flushUsage, servicePrefix } from '@/lib/usage'
import { catalogueState, textOf } from '../kept-counts'
import type {
  UsageListQuery,
  UsageListResource,
  UsageSubject,
  UsageSubjectResource,
} from '../usage-lists-operations'
import { type UsageRange, usageRange } from './range'

const row = z.object({
  kind: z.string(),
  subject: z.string(),
  team: z.string().nullable(),
  reads: z.number(),
  online: z.number(),
  consumers: z.int(),
  last: z.string(),
  total: z.int(),
  at: z.string(),
  here: z.number(),
  here_online: z.number(),
})
type Row = z.output<typeof row>

/** Reads of services are rows of their own, beside those of the features in them. */
const isOfServices = ({ by, service }: UsageListQuery) => by === 'service' || service !== undefined

function refuseMixed({ by, service, group, feature }: UsageListQuery): void {
  if (feature !== undefined && !/^[^:]+:[^:]+$/.test(feature))
    throw invalidField('/feature', 'is a group and a feature: `group:feature`.', 'reference')
  if (service !== undefined && by !== 'service' && by !== 'consumer')
    throw invalidField('/service', 'goes with `by` service or consumer.', 'mixed')
  if ((by === 'service' || service !== undefined) && (group ?? feature) !== undefined)
    throw invalidField('/by', 'a service is not part of a group; ask for `by` feature or group.', 'mixed')
}

const consumersNamed = (name: string) => sql`(
  select id from api_keys where name = ${name} union all select id from people where name = ${name}
  union all select id from service_accounts where name = ${name}
  union all select id from usage_consumers where name = ${name})`

function conditions(ctx: Context, { from, to }: UsageRange, query: UsageListQuery): SQL {
  const [group, feature] = query.feature?.split(':') ?? [query.group]
  const wanted = [
    sql`minute >= ${from.toISOString()}::timestamptz and minute <= ${to.toISOString()}::timestamptz`,
    sql`environment = ${ctx.environment}`,
    isOfServices(query) ? sql`feature = ''` : sql`feature <> ''`,
    ...(group === undefined ? [] : [sql`group_name = ${group}`]),
    ...(feature === undefined ? [] : [sql`feature = ${feature}`]),
    ...(query.service === undefined ? [] : [sql`group_name = ${servicePrefix + query.service}`]),
    ...(query.side === undefined ? [] : [sql`side = ${query.side}`]),
    ...(query.consumer === undefined ? [] : [sql`consumer_id in ${consumersNamed(query.consumer)}`]),
  ]
  return sql.join(wanted, sql` and `)
}

/** Columns that name what is listed; consumers by kind and id. */
const subjectOf: Record<UsageSubject, { kind: SQL; subject: SQL; team: SQL }> = {
  feature: { kind: sql`'feature'`, subject: sql`document`, team: sql`team` },
  group: { kind: sql`'group'`, subject: sql`group_name`, team: sql`team` },
  service: { kind: sql`'service'`, subject: sql`document`, team: sql`team` },
  consumer: { kind: sql`consumer_kind`, subject: sql`consumer_id`, team: sql`null::text` },
}

const mayKnow = (ctx: Context) =>
  visible(ctx, {
    teamId: document.teamId,
    classification: document.classification,
    groupId: document.groupId,
  })

/** Counted once where a read asked for several features of a group, of what the caller may know of. */
function reads(ctx: Context, range: UsageRange, query: UsageListQuery): SQL {
  const { kind, subject, team } = subjectOf[query.by]
  const may = mayKnow(ctx)
  const name = isOfServices(query)
    ? sql`${document.kind} = 'service' and ${document.name} = substr(line.group_name, ${servicePrefix.length + 1}::int)`
    : sql`${document.kind} = 'feature' and ${document.name} = line.group_name || ':' || line.feature`
  return sql`
    with line as materialized (
      select date_trunc(${range.bucket}, minute, 'UTC') as at, consumer_kind, consumer_id, side, group_name, feature,
        sum(reads::float8) as reads, max(minute) as last
      from usage_minutes where ${conditions(ctx, range, query)} group by 1, 2, 3, 4, 5, 6
    ), known as (
      select line.*, ${document.name} as document, ${document.team} as team
      from line join ${document} on ${name} where ${may}
    ), once as materialized (
      select ${kind} as kind, ${subject} as subject, ${team} as team, at, side, group_name,
        consumer_kind || ' ' || consumer_id as consumer, max(reads) as reads, max(last) as last
      from known group by 1, 2, 3, 4, 5, 6, 7
    )`
}

const orders: Record<UsageListQuery['sort'], SQL> = {
  '-reads': sql`sum(reads) desc`,
  reads: sql`sum(reads)`,
  '-last_read': sql`max(last) desc`,
  last_read: sql`max(last)`,
  '-consumers': sql`count(distinct consumer) desc`,
  consumers: sql`count(distinct consumer)`,
}

/** Whose name holds the text; a consumer's is looked for where it is kept. */
function named({ by, q }: UsageListQuery): SQL {
  if (q === undefined || q === '') return sql`true`
  if (by !== 'consumer') return sql`position(lower(${q}) in lower(subject)) > 0`
  return sql`subject in (
    select id from api_keys where position(lower(${q}) in lower(name)) > 0
    union all select id from people where position(lower(${q}) in lower(name)) > 0
    union all select id from service_accounts where position(lower(${q}) in lower(name)) > 0
    union all select id from usage_consumers where position(lower(${q}) in lower(name)) > 0)`
}

async function subjectRows(ctx: Context, range: UsageRange, query: UsageListQuery): Promise<Row[]> {
  const rows = await db().execute(sql`
    ${reads(ctx, range, query)}, ranked as (
      select kind, subject, max(team) as team, sum(reads) as reads,
        coalesce(sum(reads) filter (where side = 'online'), 0) as online,
        count(distinct consumer)::int as consumers, max(last) as last, count(*) over ()::int as total,
        row_number() over (order by ${orders[query.sort]}, subject) as place
      from once where ${named(query)} group by kind, subject
      order by place limit ${query.limit} offset ${offsetOf(query.cursor)}
    )
    select ranked.kind, ranked.subject, ranked.team, ranked.reads, ranked.online, ranked.consumers, ranked.last::text, total,
      at::text, sum(once.reads) as here, coalesce(sum(once.reads) filter (where side = 'online'), 0) as here_online
    from ranked join once using (kind, subject)
    group by 1, 2, 3, 4, 5, 6, ranked.last, total, place, at
    order by place, at`)
  return z.array(row).parse([...rows])
}

const trendRow = z.object({ at: z.string(), online: z.number(), offline: z.number() })

async function trendOf(
  ctx: Context,
  range: UsageRange,
  query: UsageListQuery,
): Promise<UsageListResource['buckets']> {
  // A read of several features is one, whatever is listed.
  const by = isOfServices(query) ? 'service' : 'group'
  const rows = await db().execute(sql`
    ${reads(ctx, range, { ...query, by })}
    select at::text, coalesce(sum(reads) filter (where side = 'online'), 0) as online,
      coalesce(sum(reads) filter (where side = 'offline'), 0) as offline
    from once group by at`)
  const found = new Map(
    z
      .array(trendRow)
      .parse([...rows])
      .map(({ at, ...sides }) => [Date.parse(isoInstant(at)), sides]),
  )
  return range.starts.map((start) => ({
    start,
    ...(found.get(Date.parse(start)) ?? { online: 0, offline: 0 }),
  }))
}

function bySubject(rows: readonly Row[]): [Row, ...Row[]][] {
  const found = new Map<string, [Row, ...Row[]]>()
  for (const one of rows) {
    const own = found.get(`${one.kind} ${one.subject}`)
    if (own) own.push(one)
    else found.set(`${one.kind} ${one.subject}`, [one])
  }
  return [...found.values()]
}

function resourceOf(
  own: [Row, ...Row[]],
  starts: readonly string[],
  reader: KnownReader | null,
): UsageSubjectResource {
  const [{ kind, subject, team, reads, online, consumers, last }] = own
  const counts = new Map(own.map(({ at, here }) => [Date.parse(isoInstant(at)), here]))
  const { name = subject, owner = null, teams = [] } = reader ?? {}
  return {
    kind,
    name,
    owner: owner?.name ?? null,
    teams: team === null ? teams.map((one) => one.name) : [team],
    reads,
    online,
    offline: reads - online,
    consumers,
    last_read: isoInstant(last),
    series: starts.map((start) => counts.get(Date.parse(start)) ?? 0),
  }
}

const manyLines = 100_000

/** As PostgreSQL last counted them: a month of a large catalogue is seconds of a core. */
async function isLarge(): Promise<boolean> {
  const [found] = await db().execute(sql`
    select reltuples >= ${manyLines} as large from pg_class where oid = 'usage_minutes'::regclass`)
  return found?.large === true
}

const kept = <T>(key: unknown[], ask: () => Promise<T>): Promise<T> =>
  keepDear({ key: JSON.stringify(key), state: catalogueState, ask, isDear: isLarge })

/**
 * What is read, or who reads, in a range of whole days or hours, of what the caller may know of; what is counted and not
 * yet written is written first. Errors: `forbidden`, `invalid` for a range or filters that do not go together.
 */
export async function listUsage(ctx: Context, query: UsageListQuery): Promise<UsageListResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  refuseMixed(query)
  const range = usageRange(query, ctx.now())
  await flushUsage()
  const asked = [
    textOf(mayKnow(ctx)),
    ctx.environment,
    range.bucket,
    range.starts[0],
    query.to ?? range.starts.at(-1),
  ]
  const { by: _by, q: _q, sort: _sort, limit: _limit, cursor: _cursor, ...filters } = query
  const [rows, buckets] = await Promise.all([
    kept([...asked, query], () => subjectRows(ctx, range, query)),
    // The same for every page, order and subject of what is asked.
    kept([...asked, 'trend', isOfServices(query), filters], () => trendOf(ctx, range, query)),
  ])
  const subjects = bySubject(rows)
  const isOfReaders = query.by === 'consumer'
  const readers = await readerOwners(db(), isOfReaders ? subjects.map(([{ subject }]) => subject) : [])
  const data = subjects.map((own) =>
    resourceOf(own, range.starts, isOfReaders ? readers(own[0].subject) : null),
  )
  return {
    ...pageOf(data, offsetOf(query.cursor), query.limit, rows[0]?.total ?? 0),
    from: range.from.toISOString(),
    to: range.to.toISOString(),
    bucket: range.bucket,
    buckets,
  }
}
