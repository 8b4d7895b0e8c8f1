import { db } from '@/db/client'
import { formatTimestamp } from '@/lib/core/feature-type'
import { type ColumnProfile, historyOf, offlineStore, profileWindows } from '@/lib/offline'
import { type NewProfile, readProfiles, saveProfiles } from '@/lib/profiles'
import type { ServingVersion } from '@/lib/registry'
import { watermarkOf } from './history'
import { singleFlight } from './single-flight'
import { stamped, stored } from './stored'
import { watchedKind } from './watched-features'

interface Lengths {
  min: number | null
  max: number | null
  mean: number | null
}

/** What the rows of one count have in common. */
interface HistoryFacts {
  rows: number
  tombstones: number
  oldestEventTime: string | null
  newestEventTime: string | null
}

/** What is stored of one feature over the whole history. */
interface StoredStatistics {
  profile: ColumnProfile
  lengths: Lengths | null
  history: HistoryFacts
}

export interface Statistics {
  /** `created` of the newest commit that is counted; null before the first. */
  asOf: string | null
  history: HistoryFacts
  features: Map<string, Pick<StoredStatistics, 'profile' | 'lengths'>>
}

const nothing: HistoryFacts = { rows: 0, tombstones: 0, oldestEventTime: null, newestEventTime: null }

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
  return { asOf, history: facts, features }
}

async function countAndSave(version: ServingVersion, asOf: string): Promise<Statistics> {
  const statistics = await count(version, asOf)
  const rows = [...statistics.features].map(
    ([feature, one]): NewProfile => ({
      versionId: version.versionId,
      environment: version.environment,
      feature,
      side: 'offline',
      windowStart: null,
      windowEnd: null,
      referenceId: null,
      asOf,
      rows: one.profile.rows,
      statistics: stamped<StoredStatistics>({ ...one, history: statistics.history }),
    }),
  )
  await saveProfiles(db(), rows)
  return statistics
}

/** The stored statistics of all features, when they are all there and none is older than the newest commit. */
async function known(version: ServingVersion, asOf: string): Promise<Statistics | null> {
  const rows = await readProfiles({
    versionIds: [version.versionId],
    environment: version.environment,
    features: version.features.map(({ name }) => name),
    span: 'whole',
  })
  const features = new Map<string, StoredStatistics>()
  for (const row of rows) {
    const statistics = row.asOf >= asOf ? stored<StoredStatistics>(row.statistics) : null
    if (statistics) features.set(row.feature, statistics)
  }
  const [first] = features.values()
  if (!first || features.size < version.features.length) return null
  return { asOf: rows[0]?.asOf ?? asOf, history: first.history, features }
}

/** Statistics of every feature over the committed history, counted once a commit however many ask at a time. */
export async function statisticsOf(version: ServingVersion): Promise<Statistics> {
  const asOf = await watermarkOf(version)
  if (asOf === null) return { asOf, history: nothing, features: new Map() }
  const found = await known(version, asOf)
  if (found) return found
  const { versionId, environment } = version
  return singleFlight(`statistics ${versionId} ${environment} ${asOf}`, () => countAndSave(version, asOf))
}
