import { formatTimestamp } from '@/lib/core/feature-type'
import { historyOf, offlineStore, profileWindows } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { countByIncrement } from './count-by-increment'
import { type CommittedFacts, committedFacts, watermarkOf } from './history'
import { keptStatistics, type Statistics, saveStatistics } from './kept-statistics'
import { singleFlight } from './single-flight'
import { watchedKind } from './watched-features'

export type { Statistics }

/** Up to here a history is read whole after a commit: exactly, in about a second. */
const mostRowsRead = 1_000_000

const nothing: CommittedFacts = { rows: 0, tombstones: 0, oldestEventTime: null, newestEventTime: null }

const timeOf = (micros: bigint | null): string | null => (micros === null ? null : formatTimestamp(micros))

/** Reads the history: the typed columns through the store's profile, lists by their lengths too. */
async function count(version: ServingVersion, asOf: string): Promise<Statistics> {
  const history = await historyOf(version)
  const bounds = { fromMicros: null, toMicros: null }
  const lists = version.features.filter(({ type }) => watchedKind(type) === 'length')
  const [profile, lengths] = await Promise.all([
    offlineStore().profile({ ...bounds, source: history, columns: version.features.map(({ name }) => name) }),
    profileWindows({
      ...bounds,
      history,
      columns: lists.map(({ name }) => ({ name, kind: 'length' })),
      period: 'all',
    }),
  ])
  const facts = {
    rows: profile.rows,
    tombstones: profile.tombstones,
    oldestEventTime: timeOf(profile.minEventTimeMicros),
    newestEventTime: timeOf(profile.maxEventTimeMicros),
  }
  const features = new Map(
    profile.columns.map((one) => {
      const found = lengths.find(({ column }) => column === one.name)
      const counted = found ? { min: found.min, max: found.max, mean: found.mean } : null
      return [one.name, { profile: one, lengths: counted }] as const
    }),
  )
  return { asOf, history: facts, features, isEstimated: false }
}

async function countAndSave(version: ServingVersion, asOf: string): Promise<Statistics> {
  const statistics = await count(version, asOf)
  await saveStatistics(version, asOf, statistics)
  return statistics
}

/** The stored statistics of all features, when they are all there and none is older than the newest commit. */
async function known(version: ServingVersion, asOf: string): Promise<Statistics | null> {
  const kept = await keptStatistics(version)
  if (!kept || kept.asOf < asOf) return null
  const { history, features } = kept
  const isEstimated = [...features.values()].some(({ sketch }) => sketch !== undefined)
  return { asOf: kept.asOf, history, features, isEstimated }
}

/**
 * Statistics of every feature over the committed history, counted once a commit however many ask at a time. A history
 * of more than `mostRead` rows is not read again after each commit: see count-by-increment.
 */
export async function statisticsOf(version: ServingVersion, mostRead = mostRowsRead): Promise<Statistics> {
  const asOf = await watermarkOf(version)
  if (asOf === null) return { asOf, history: nothing, features: new Map(), isEstimated: false }
  const found = await known(version, asOf)
  if (found) return found
  const { versionId, environment } = version
  return singleFlight(`statistics ${versionId} ${environment} ${asOf}`, async () => {
    const { rows } = await committedFacts(version, asOf)
    return rows > mostRead ? countByIncrement(version, asOf) : countAndSave(version, asOf)
  })
}
