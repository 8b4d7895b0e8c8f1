import { and, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { apiKeys, people, usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { isoInstant } from './instants'

const windowDays = 30
const mostReaders = 200

/** A consumer and its reads in the last 30 days. */
export interface RecentReader {
  kind: string
  id: string
  name: string
  reads: number
  last_read: string
}

/** Keys by their names, people by theirs; whoever is gone by id. */
async function readerNames(executor: Executor, ids: string[]): Promise<(id: string) => string> {
  if (ids.length === 0) return (id) => id
  const [keys, persons] = await Promise.all([
    executor.select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, ids)),
    executor.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids)),
  ])
  const names = new Map([...keys, ...persons].map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? (id === 'system' ? 'Almanac' : id)
}

interface ReadAsset {
  /** As usage counts it: a group, or a service by `usageNameOfService`. */
  group: string
  version?: number
  /** Absent: any. */
  features?: string[]
}

/** Who really read a version (or any of these features of it) in the last 30 days, most reads first; whoever asks. */
export async function recentReaders(
  executor: Executor,
  ctx: Context,
  { group, version, features }: ReadAsset,
): Promise<RecentReader[]> {
  const since = new Date(ctx.now().getTime() - windowDays * 86_400_000)
  // One read of several features counts once a feature: the most read one tells how often was read.
  const perFeature = executor
    .select({
      kind: usageMinutes.consumerKind,
      id: usageMinutes.consumerId,
      feature: usageMinutes.feature,
      reads: sql<number>`sum(${usageMinutes.reads})::float8`.as('reads'),
      last: sql<string>`max(${usageMinutes.minute})`.as('last'),
    })
    .from(usageMinutes)
    .where(
      and(
        eq(usageMinutes.groupName, group),
        version === undefined ? undefined : eq(usageMinutes.version, version),
        features === undefined ? undefined : inArray(usageMinutes.feature, features),
        gte(usageMinutes.minute, since.toISOString()),
      ),
    )
    .groupBy(usageMinutes.consumerKind, usageMinutes.consumerId, usageMinutes.feature)
    .as('per_feature')
  const reads: SQL<number> = sql`max(${perFeature.reads})`
  const rows = await executor
    .select({ kind: perFeature.kind, id: perFeature.id, reads, last: sql<string>`max(${perFeature.last})` })
    .from(perFeature)
    .groupBy(perFeature.kind, perFeature.id)
    .orderBy(desc(reads))
    .limit(mostReaders)
  const nameOf = await readerNames(
    executor,
    rows.map((one) => one.id),
  )
  return rows.map(({ kind, id, reads: count, last }) => ({
    kind,
    id,
    name: nameOf(id),
    reads: count,
    last_read: isoInstant(last),
  }))
}

/** The readers that are not whoever asks, nor the portal itself. */
export const otherReaders = ({ actor }: Context, readers: RecentReader[]): RecentReader[] => {
  const own = actor.kind === 'apiKey' ? [actor.keyId, actor.id] : [actor.id]
  return readers.filter(({ kind, id }) => kind !== 'system' && !own.includes(id))
}
