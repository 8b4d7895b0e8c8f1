import { db } from '@/db/client'
import { type DayRows, historyOf, profileArrivals } from '@/lib/offline'
import { groupProfile, readProfiles, saveProfiles } from '@/lib/profiles'
import type { ServingVersion } from '@/lib/registry'
import { dayMs } from './calendar'
import { watermarkOf } from './history'
import { singleFlight } from './single-flight'
import { stamped, stored } from './stored'

/** Rows of a version's history by UTC day of event time (ms), oldest first; tombstones left out. */
export interface Arrivals {
  /** `created` of the newest commit that is counted; null before the first. */
  asOf: string | null
  days: [dayMs: number, rows: number][]
  recent: RecentArrivals
}

interface StoredArrivals {
  days: DayRows[]
  recent: RecentArrivals
}

/** What a strip of days needs of a history of years. */
export interface RecentArrivals {
  /** First day that has rows; null without any. */
  first: number | null
  /** The last days that have rows. */
  days: DayRows[]
}

const recentDays = 60

const recentOf = (days: DayRows[]): RecentArrivals => ({
  first: days[0]?.[0] ?? null,
  days: days.slice(-recentDays),
})

const arrivalsOf = (asOf: string | null, { days, recent }: StoredArrivals): Arrivals => ({
  asOf,
  recent,
  days: days.map(([day, rows]) => [day * dayMs, rows]),
})

async function count(version: ServingVersion, asOf: string): Promise<Arrivals> {
  const days = await profileArrivals(await historyOf(version))
  const counted: StoredArrivals = { days, recent: recentOf(days) }
  await saveProfiles(db(), [
    {
      versionId: version.versionId,
      environment: version.environment,
      feature: groupProfile,
      side: 'offline',
      windowStart: null,
      windowEnd: null,
      referenceId: null,
      asOf,
      rows: days.reduce((total, [, rows]) => total + rows, 0),
      statistics: stamped(counted),
    },
  ])
  return arrivalsOf(asOf, counted)
}

/** Counted once a commit; the engine is asked only when a newer commit is there. */
export async function arrivals(version: ServingVersion): Promise<Arrivals> {
  const { versionId, environment } = version
  const asOf = await watermarkOf(version)
  if (asOf === null) return { asOf, days: [], recent: recentOf([]) }
  const [row] = await readProfiles({
    versionIds: [versionId],
    environment,
    features: [groupProfile],
    span: 'whole',
  })
  const known = row && row.asOf >= asOf ? stored<StoredArrivals>(row.statistics) : null
  if (row && known) return arrivalsOf(row.asOf, known)
  return singleFlight(`arrivals ${versionId} ${environment} ${asOf}`, () => count(version, asOf))
}
