import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { flushUsage } from '@/lib/usage'
import { isoInstant } from './instants'
import { type ReaderOwner, readerOwners } from './reader-owners'

const windowDays = 30
const dayMs = 86_400_000

/** Reads of the last 30 days, and of the last 7 and the last one. */
interface Reads {
  reads: number
  reads_7d: number
  reads_1d: number
}

/** A consumer, its reads, and who answers for it. */
export interface RecentReader extends Reads {
  kind: string
  id: string
  name: string
  last_read: string
  /** Per feature, most reads first. */
  features: ({ name: string } & Reads)[]
  owner: ReaderOwner | null
  teams: { id: string; name: string }[]
}

interface ReadAsset {
  /** As usage counts it: a group, or a service by `usageNameOfService`. */
  group: string
  version?: number
  /** Absent: any. */
  features?: string[]
}

const sumSince = (since: Date) =>
  sql<number>`coalesce(sum(${usageMinutes.reads}) filter (where ${usageMinutes.minute} >= date_trunc('minute', ${since.toISOString()}::timestamptz)), 0)::float8`

function linesOf(executor: Executor, now: Date, { group, version, features }: ReadAsset) {
  const since = (days: number) => new Date(now.getTime() - days * dayMs)
  return executor
    .select({
      kind: usageMinutes.consumerKind,
      id: usageMinutes.consumerId,
      feature: usageMinutes.feature,
      reads: sql<number>`sum(${usageMinutes.reads})::float8`,
      reads_7d: sumSince(since(7)),
      reads_1d: sumSince(since(1)),
      last: sql<string>`max(${usageMinutes.minute})`,
    })
    .from(usageMinutes)
    .where(
      and(
        eq(usageMinutes.groupName, group),
        version === undefined ? undefined : eq(usageMinutes.version, version),
        features === undefined ? undefined : inArray(usageMinutes.feature, features),
        gte(usageMinutes.minute, sql`date_trunc('minute', ${since(windowDays).toISOString()}::timestamptz)`),
      ),
    )
    .groupBy(usageMinutes.consumerKind, usageMinutes.consumerId, usageMinutes.feature)
}

type Line = Awaited<ReturnType<typeof linesOf>>[number]

// One read of several features counts once a feature: the most read one tells how often was read.
const most = (lines: Line[], which: keyof Reads) => Math.max(...lines.map((line) => line[which]))
const newest = (lines: Line[]) => lines.map(({ last }) => isoInstant(last)).reduce((a, b) => (a > b ? a : b))

function byReader(lines: Line[]): Map<string, [Line, ...Line[]]> {
  const found = new Map<string, [Line, ...Line[]]>()
  for (const line of lines) {
    const key = `${line.kind} ${line.id}`
    const own = found.get(key)
    if (own) own.push(line)
    else found.set(key, [line])
  }
  return found
}

/**
 * Who really read a version (or any of these features of it) in the last 30 days up to this moment, most reads first;
 * whoever asks. What is counted and not yet written is written first.
 */
export async function recentReaders(
  executor: Executor,
  ctx: Context,
  asset: ReadAsset,
): Promise<RecentReader[]> {
  await flushUsage()
  const readers = [...byReader(await linesOf(executor, ctx.now(), asset)).values()]
  const ownersOf = await readerOwners(
    executor,
    readers.map(([{ id }]) => id),
  )
  return readers
    .map((own) => ({
      kind: own[0].kind,
      id: own[0].id,
      ...ownersOf(own[0].id),
      reads: most(own, 'reads'),
      reads_7d: most(own, 'reads_7d'),
      reads_1d: most(own, 'reads_1d'),
      last_read: newest(own),
      features: own
        .filter(({ feature }) => feature !== '')
        .map(({ feature, reads, reads_7d, reads_1d }) => ({ name: feature, reads, reads_7d, reads_1d }))
        .sort((a, b) => b.reads - a.reads || (a.name < b.name ? -1 : 1)),
    }))
    .sort((a, b) => b.reads - a.reads || (a.name < b.name ? -1 : 1))
}

/** The readers that are not whoever asks, nor the portal itself. */
export const otherReaders = ({ actor }: Context, readers: RecentReader[]): RecentReader[] => {
  const own = actor.kind === 'apiKey' ? [actor.keyId, actor.id] : [actor.id]
  return readers.filter(({ kind, id }) => kind !== 'system' && !own.includes(id))
}

/** A reader as it is told: without ids. */
export const toldReader = ({ id: _, teams, owner, ...reader }: RecentReader) => ({
  ...reader,
  owner: owner?.name ?? null,
  owner_teams: teams.map(({ name }) => name),
})
