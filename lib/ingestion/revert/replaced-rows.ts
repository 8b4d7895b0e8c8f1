import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { commits } from '@/db/schema'
import type { History, NewestRequest } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { isoOf, microsOf, onlyCommits } from './online-history'

type Place = Pick<ServingVersion, 'versionId' | 'environment'>

/** Event times later than `after`, up to and including `until`; RFC 3339. */
export interface EventTimes {
  after: string
  until: string
}

/** Rows of earlier runs that a run replaces, of these event times. */
export interface ReplacedRows extends EventTimes {
  /** `created` of the commits that hold them, oldest first. */
  createds: string[]
  /** All rows of those commits, also those of other times. */
  rows: number
  /** Whether some of them are still on their way to the online store. */
  isPending: boolean
}

const runsWithRows = ({ versionId, environment }: Place, { after, until }: EventTimes) =>
  and(
    eq(commits.versionId, versionId),
    eq(commits.environment, environment),
    eq(commits.kind, 'transformation'),
    gt(commits.maxEventTime, sql`${after}::timestamptz`),
    lte(commits.minEventTime, sql`${until}::timestamptz`),
  )

/** The commits of runs with rows of some event times, and how far their rows go; null: there is none. */
export async function earlierRuns(place: Place, times: EventTimes) {
  const found = await db()
    .select({ created: commits.created, least: commits.minEventTime, greatest: commits.maxEventTime })
    .from(commits)
    .where(runsWithRows(place, times))
  const [first] = found
  if (!first) return null
  const instants = found.map(({ created, least, greatest }) => ({
    created: isoOf(created),
    least: isoOf(least ?? times.after),
    greatest: isoOf(greatest ?? times.until),
  }))
  return {
    createds: instants.map(({ created }) => created),
    least: instants.map(({ least }) => least).reduce((a, b) => (a < b ? a : b)),
    greatest: instants.map(({ greatest }) => greatest).reduce((a, b) => (a > b ? a : b)),
  }
}

type Replacing = Pick<typeof commits.$inferSelect, 'created' | 'replacesAfter' | 'replacesUntil'>

/** What a run's commit replaces, whether it counts now or not; null: nothing. */
export async function replacedRows(
  executor: Executor,
  place: Place,
  { created, replacesAfter, replacesUntil }: Replacing,
): Promise<ReplacedRows | null> {
  if (replacesAfter === null || replacesUntil === null) return null
  const times = { after: isoOf(replacesAfter), until: isoOf(replacesUntil) }
  const found = await executor
    .select({ created: commits.created, rows: commits.rows, onlineState: commits.onlineState })
    .from(commits)
    .where(and(runsWithRows(place, times), lt(commits.created, sql`${created}::timestamptz`)))
    .orderBy(asc(commits.created))
  if (found.length === 0) return null
  return {
    ...times,
    createds: found.map((one) => isoOf(one.created)),
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    isPending: found.some(({ onlineState }) => onlineState === 'pending'),
  }
}

/** The keys that replaced rows stand for, as a request asks for them. */
export const keysReplaced = (
  all: History,
  { createds, after, until }: ReplacedRows,
): Pick<NewestRequest, 'keysOf' | 'keysBetween'> => ({
  keysOf: onlyCommits(all, createds),
  keysBetween: { afterMicros: microsOf(after), untilMicros: microsOf(until) },
})
