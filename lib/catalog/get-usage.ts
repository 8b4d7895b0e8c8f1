import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import {
  datasetsUsing,
  getFeatureGroup,
  getVersion,
  isoInstant,
  type KnownReader,
  readerOwners,
} from '@/lib/registry'
import { flushUsage, usageByDay } from '@/lib/usage'
import { refusedReads } from './usage/refused-reads'
import type { UsageQuery, UsageResource } from './usage-operations'

type Line = Awaited<ReturnType<typeof usageByDay>>[number]

const dayMs = 86_400_000
const dateOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10)

/** A read of several features left a line a feature: the most read one tells how often was read. */
interface Read {
  day: string
  side: Line['side']
  kind: string
  id: string
  reads: number
  last: string
}

const newest = (all: readonly { last: string }[]): string =>
  all.reduce((latest, { last }) => (isoInstant(last) > latest ? isoInstant(last) : latest), '')

function readsOf(lines: readonly Line[]): Read[] {
  const found = new Map<string, Read>()
  for (const { day, side, consumerKind: kind, consumerId: id, reads, last } of lines) {
    const key = `${day} ${side} ${kind} ${id}`
    const known = found.get(key)
    if (known) {
      known.reads = Math.max(known.reads, reads)
      known.last = newest([known, { last }])
    } else found.set(key, { day, side, kind, id, reads, last: isoInstant(last) })
  }
  return [...found.values()]
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

const total = (reads: readonly Read[], side?: Line['side']): number =>
  reads.reduce((sum, read) => sum + (side === undefined || read.side === side ? read.reads : 0), 0)

function readersOf(
  reads: Read[],
  dates: string[],
  knownOf: (id: string) => KnownReader,
): UsageResource['readers'] {
  const byReader = groupBy(reads, ({ kind, id }) => `${kind} ${id}`)
  const readers = [...byReader.values()].map((own) => {
    const { name, owner, teams } = knownOf(own[0]?.id ?? '')
    return {
      kind: own[0]?.kind ?? '',
      name,
      owner: owner?.name ?? null,
      teams: teams.map((team) => team.name),
      online: total(own, 'online'),
      offline: total(own, 'offline'),
      last_day: own.at(-1)?.day ?? '',
      last_read: newest(own),
      days: dates.map((date) => total(own.filter(({ day }) => day === date))),
    }
  })
  return readers.sort((a, b) => b.online + b.offline - (a.online + a.offline))
}

function featuresOf(lines: readonly Line[]): UsageResource['features'] {
  const byFeature = groupBy(lines, ({ feature }) => feature)
  const features = [...byFeature].map(([name, own]) => ({
    name,
    reads: own.reduce((sum, { reads }) => sum + reads, 0),
    readers: new Set(own.map(({ consumerKind, consumerId }) => `${consumerKind} ${consumerId}`)).size,
    last_read: newest(own),
  }))
  return features.sort((a, b) => b.reads - a.reads)
}

/** A feature that the reader may not know of is not in the group as it is given to them. */
async function knownFeatures(ctx: Context, name: string, version: number | undefined): Promise<Set<string>> {
  const { features } =
    version === undefined ? await getFeatureGroup(ctx, name) : await getVersion(ctx, name, version)
  return new Set(features.map((feature) => feature.name))
}

async function datasetsOf(
  ctx: Context,
  group: string,
  { version, feature }: UsageQuery,
  known: ReadonlySet<string>,
): Promise<UsageResource['datasets']> {
  const used = {
    group,
    ...(version === undefined ? {} : { version }),
    ...(feature === undefined ? {} : { feature }),
  }
  const { datasets } = await datasetsUsing(ctx, used, [...known])
  return datasets.map(({ name, version: own, features, team }) => ({
    name,
    version: own,
    features,
    owner_team: team,
  }))
}

/**
 * Who read a group (a version, a feature) in an environment in the last days, from real reads.
 * Errors: `not_found`, the same for a missing and for a hidden group.
 */
export async function getUsage(ctx: Context, name: string, query: UsageQuery): Promise<UsageResource> {
  const known = await knownFeatures(ctx, name, query.version)
  await flushUsage()
  const nowMs = ctx.now().getTime()
  const firstMs = Math.floor(nowMs / dayMs) * dayMs - (query.days - 1) * dayMs
  const found = await usageByDay({
    groupName: name,
    environment: ctx.environment,
    since: new Date(firstMs),
    ...(query.version === undefined ? {} : { version: query.version }),
    ...(query.feature === undefined ? {} : { features: [query.feature] }),
  })
  const lines = found.filter(({ feature }) => known.has(feature))
  const reads = readsOf(lines)
  const dates = Array.from({ length: query.days }, (_, index) => dateOf(firstMs + index * dayMs))
  return {
    group: name,
    environment: ctx.environment,
    since: new Date(firstMs).toISOString(),
    reads: total(reads),
    days: dates.map((date) => {
      const own = reads.filter(({ day }) => day === date)
      return { date, online: total(own, 'online'), offline: total(own, 'offline') }
    }),
    readers: readersOf(
      reads,
      dates,
      await readerOwners(
        db(),
        reads.map(({ id }) => id),
      ),
    ),
    features: featuresOf(lines),
    refused: query.feature === undefined ? await refusedReads(ctx, name, new Date(firstMs)) : null,
    datasets: await datasetsOf(ctx, name, query, known),
  }
}
