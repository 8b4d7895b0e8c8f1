import type { ComparedBasket, ComparedFeature } from '@/components/basket/compared'
import { featuresParam } from '@/components/basket/features-param'
import { featureVerdict } from '@/components/feature/feature-verdict'
import { featureHref, groupHref } from '@/components/feature-group/place'
import { getBasket, lookInto } from '@/lib/basket'
import { type BasketLine, mostFeatures } from '@/lib/basket/operations'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getDayStrip, getDriftSeries, getStatistics, getVerdict } from '@/lib/monitoring'
import type { GroupStatistics } from '@/lib/monitoring/operations'
import { getFeatureGroup, getVersion } from '@/lib/registry'
import { readsByWeek } from '@/lib/usage'
import { loadEnded } from '../groups/[name]/load-ended'

type Found = NonNullable<BasketLine['found']>

/** What a reader may not see is told apart from what failed. */
async function orRefused<T>(work: Promise<T>): Promise<{ value: T | null; reason: string }> {
  try {
    return { value: await work, reason: '' }
  } catch (error) {
    if (error instanceof DomainError) return { value: null, reason: error.message }
    throw error
  }
}

/** What several features of one version share, asked once. */
async function groupParts(ctx: Context, { group, version }: Found) {
  const at = { group, version, environment: ctx.environment }
  const defined = await getVersion(ctx, group, version)
  const [about, ended, statistics, verdict] = await Promise.all([
    getFeatureGroup(ctx, group),
    loadEnded(ctx, { name: group, version, deprecation: defined.deprecation }),
    orRefused<GroupStatistics>(getStatistics(ctx, at)),
    orRefused(getVerdict(ctx, at)),
  ])
  return { about, defined, ended, statistics, verdict: verdict.value ?? [] }
}

type GroupParts = Awaited<ReturnType<typeof groupParts>>

const readerDays = 30

async function lifeOf(ctx: Context, found: readonly Found[]) {
  const names = found.map(({ group, name }) => `${group}:${name}`)
  const now = ctx.now()
  const readersSince = new Date(now.getTime() - readerDays * 86_400_000)
  const groups = [...new Set(found.map(({ group }) => group))]
  const [days, reads] = await Promise.all([
    getDayStrip(ctx, names),
    readsByWeek(ctx, { groups, now, weeks: 1, readersSince }),
  ])
  const readers = new Map(reads.map((one) => [`${one.group}:${one.feature}`, one.readers]))
  return { days, readers }
}

type Life = Awaited<ReturnType<typeof lifeOf>>

async function compared(
  ctx: Context,
  line: { reference: string; found: Found },
  { about, defined, ended, statistics, verdict }: GroupParts,
  { days, readers }: Life,
): Promise<ComparedFeature> {
  const { reference, found } = line
  const place = {
    name: found.group,
    version: found.promoted ? null : found.version,
    environment: ctx.environment === 'prod' ? null : ctx.environment,
  }
  const own = statistics.value?.features.find(({ name }) => name === found.name) ?? null
  const hidden = statistics.value?.hidden_features.find(({ name }) => name === found.name)
  const at = { group: found.group, version: found.version, environment: ctx.environment, feature: found.name }
  const series = await orRefused(getDriftSeries(ctx, { ...at, window: 'week' }))
  const full = `${found.group}:${found.name}`
  const clauses = featureVerdict({
    freshness: verdict.find(({ id }) => id === 'fresh') ?? null,
    statistics: own,
    series: series.value,
    readers: readers.get(full) ?? 0,
    team: found.owner_team,
    qualityHref: groupHref(place, 'quality', { feature: found.name }),
    usageHref: groupHref(place, 'usage'),
  })
  return {
    ...found,
    reference,
    href: featureHref(place, found.name),
    meaning: defined.features.find(({ name }) => name === found.name)?.description ?? '',
    entity: about.entity,
    keys: defined.keys,
    timestampKey: defined.timestamp_key,
    online: defined.online,
    ended,
    statistics: own,
    statisticsNote: hidden?.reason ?? statistics.reason,
    fresh: clauses.find(({ id }) => id === 'fresh') ?? null,
    drift: clauses.find(({ id }) => id === 'drift') ?? null,
    days: days.get(full) ?? [],
    readers: readers.get(full) ?? 0,
  }
}

/** Everything that is compared of these features, and which of them are not there for the reader. */
async function compare(ctx: Context, references: readonly string[]): Promise<ComparedBasket> {
  const lines = await lookInto(ctx, references)
  const present = lines.flatMap(({ feature, found }) => (found ? [{ reference: feature, found }] : []))
  const keyOf = ({ group, version }: Found) => `${group}@${version}`
  const distinct = new Map(present.map(({ found }) => [keyOf(found), found]))
  const [life, parts] = await Promise.all([
    lifeOf(
      ctx,
      present.map(({ found }) => found),
    ),
    Promise.all([...distinct].map(async ([key, found]) => [key, await groupParts(ctx, found)] as const)),
  ])
  const partsOf = new Map(parts)
  const features = await Promise.all(
    present.map((line) => {
      const own = partsOf.get(keyOf(line.found))
      if (!own) throw new Error(`Nothing was asked of ${line.reference}.`)
      return compared(ctx, line, own, life)
    }),
  )
  const there = new Set(present.map(({ reference }) => reference))
  return { features, gone: references.filter((reference) => !there.has(reference)) }
}

/** The basket of the address, else the reader's own. */
export async function loadBasket(ctx: Context, asked: string | string[] | undefined) {
  const own = (await getBasket(ctx)).data.map(({ feature }) => feature)
  const linked = featuresParam(asked, mostFeatures)
  const references = linked ?? own
  return {
    references,
    own,
    /** It shows what a link names, which is not what is kept. */
    isLinked: linked !== null && linked.join() !== own.join(),
    environment: ctx.environment,
    ...(await compare(ctx, references)),
  }
}
