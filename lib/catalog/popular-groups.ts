import { inArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'
import { type HiddenFeature, hiddenFeatures, ofNone } from '@/lib/usage'
import { type KnownGroup, knownGroups } from './groups-of-teams'

const rankedRow = z.object({ name: z.string(), readers: z.int(), reads: z.number() })
type Ranked = z.output<typeof rankedRow>

/** A group by its real reads in the last 30 days, in the caller's environment. */
export interface PopularGroup extends Ranked {
  description: string
  team: string
}

interface PopularQuery {
  limit: number
  among?: readonly KnownGroup[]
}

const shownDays = 30
const keptMs = 60_000

interface Among {
  groups: readonly string[]
  hidden: readonly HiddenFeature[]
}

/**
 * Groups by readers and reads, whoever may know of them; `among` these alone, without what is hidden of them. One read of
 * several features counts once.
 */
async function rank(environment: string, now: number, among?: Among): Promise<Ranked[]> {
  const since = new Date(now - shownDays * 86_400_000).toISOString()
  const rows = await db().execute(sql`
    with line as (
      select group_name, feature, consumer_kind || ' ' || consumer_id as reader, side, sum(reads)::float8 as reads
      from usage_minutes
      where minute >= ${since}::timestamptz and environment = ${environment} and feature <> ''
        ${among ? sql`and group_name in ${among.groups} and ${ofNone(among.hidden)}` : sql``}
      group by 1, 2, 3, 4
    ), once as (
      select group_name, reader, side, max(reads) as reads from line group by 1, 2, 3
    )
    select group_name as name, count(distinct reader)::int as readers, sum(reads) as reads
    from once group by 1 order by 2 desc, 3 desc, 1`)
  return z.array(rankedRow).parse([...rows])
}

interface Kept {
  until: number
  ranked: Promise<Ranked[]>
}

const kept = singleton('popularGroups', () => new Map<string, Kept>())

/** The order of a minute ago will do: it is that of 30 days, and everybody's Home asks for it. */
async function ranking({ environment, now }: Context): Promise<Ranked[]> {
  const at = now().getTime()
  const old = kept.get(environment)
  if (old && old.until > at) return old.ranked
  const fresh = { until: at + keptMs, ranked: rank(environment, at) }
  kept.set(environment, fresh)
  fresh.ranked.catch(() => kept.delete(environment))
  // Whoever finds it a little old does not wait for the new one.
  return old && old.until + keptMs > at ? old.ranked : fresh.ranked
}

const ahead = 10

const byReads = (one: Ranked, other: Ranked) =>
  other.readers - one.readers || other.reads - one.reads || (one.name < other.name ? -1 : 1)

/** The same groups by the reads of what the caller may know of. */
async function asKnown(ctx: Context, ranked: readonly Ranked[]): Promise<readonly Ranked[]> {
  const hidden = await hiddenFeatures(
    ctx,
    ranked.map(({ name }) => name),
  )
  const groups = [...new Set(hidden.map(({ group }) => group))]
  if (groups.length === 0) return ranked
  const counted = await rank(ctx.environment, ctx.now().getTime(), { groups, hidden })
  return [...ranked.filter(({ name }) => !groups.includes(name)), ...counted].sort(byReads)
}

/**
 * The groups that the caller may know of and that most consumers read, most read first; `among` these alone, which the
 * caller knows. Errors: `forbidden`.
 */
export async function listPopularGroups(
  ctx: Context,
  { limit, among }: PopularQuery,
): Promise<PopularGroup[]> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const ranked = await ranking(ctx)
  const found: PopularGroup[] = []
  const step = limit * ahead
  for (let from = 0; from < ranked.length && found.length < limit; from += step) {
    const some = ranked.slice(from, from + step)
    const named = inArray(
      document.name,
      some.map(({ name }) => name),
    )
    const groups = new Map((among ?? (await knownGroups(ctx, named))).map((group) => [group.name, group]))
    for (const one of await asKnown(
      ctx,
      some.filter(({ name }) => groups.has(name)),
    )) {
      const group = groups.get(one.name)
      if (group) found.push({ ...one, description: group.description, team: group.team })
    }
  }
  return found.slice(0, limit)
}
