import { db } from '@/db/client'
import type { ColumnProfile, ColumnSketch } from '@/lib/offline'
import { type NewProfile, readProfiles, saveProfiles } from '@/lib/profiles'
import type { ServingVersion } from '@/lib/registry'
import type { CommittedFacts } from './history'
import { stamped, stored } from './stored'

export interface Lengths {
  min: number | null
  max: number | null
  mean: number | null
}

export interface CountedFeature {
  profile: ColumnProfile
  lengths: Lengths | null
  /** Kept where the history is too long to be read again: what the next commit is added to. */
  sketch?: ColumnSketch
}

/** What is stored of one feature over the whole history. */
interface StoredStatistics extends CountedFeature {
  history: CommittedFacts
}

export interface Statistics {
  /** `created` of the newest commit that is counted; null before the first. */
  asOf: string | null
  /** What the rows of one count have in common. */
  history: CommittedFacts
  features: Map<string, CountedFeature>
  /** Some numbers are estimates, since the history was not read at once. */
  isEstimated: boolean
}

export interface KeptStatistics {
  asOf: string
  history: CommittedFacts
  features: Map<string, CountedFeature>
}

/** The last count of all features, when they are all there and of one commit. */
export async function keptStatistics(version: ServingVersion): Promise<KeptStatistics | null> {
  const rows = await readProfiles({
    versionIds: [version.versionId],
    environment: version.environment,
    features: version.features.map(({ name }) => name),
    span: 'whole',
  })
  const asOf = rows[0]?.asOf
  const features = new Map<string, StoredStatistics>()
  for (const row of rows) {
    const statistics = row.asOf === asOf ? stored<StoredStatistics>(row.statistics) : null
    if (statistics) features.set(row.feature, statistics)
  }
  const [first] = features.values()
  if (asOf === undefined || !first || features.size < version.features.length) return null
  return { asOf, history: first.history, features }
}

export async function saveStatistics(
  version: ServingVersion,
  asOf: string,
  { features, history }: Pick<Statistics, 'features' | 'history'>,
): Promise<void> {
  const rows = [...features].map(
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
      statistics: stamped<StoredStatistics>({ ...one, history }),
    }),
  )
  await saveProfiles(db(), rows)
}
