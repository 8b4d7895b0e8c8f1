import { setImmediate as nextTurn } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { type Executor, withTransaction } from '@/db/client'
import { clockNow } from '@/lib/core/clock'
import { logger } from '@/lib/core/logger'
import { repeat } from '@/lib/core/repeat'
import { keepServed, type ServedValues, takeServed } from '@/lib/online'
import { type NewProfile, readProfiles, saveProfiles } from '@/lib/profiles'
import type { ServingVersion } from '@/lib/registry'
import { dayMs, isoOf, windowStart } from '../calendar'
import { compareRun } from '../distances/compare-profiles'
import { mergeProfiles } from '../distances/merge-profiles'
import type { Profile } from '../distances/profile'
import type { Reference } from '../reference'
import { knownReferences } from '../references'
import { stamped, stored } from '../stored'
import { type WindowStatistics, withEdges, withoutEdges } from '../window-profile'
import { listed, servedProfile } from './served-profile'

/** What was served of one version on one UTC day, by feature. */
interface ServedDay {
  version: ServingVersion
  startMs: number
  values: Map<string, string[]>
}

function byDay(served: readonly ServedValues[]): ServedDay[] {
  const days = new Map<string, ServedDay>()
  for (const { version, atMs, columns } of served) {
    const startMs = windowStart('day', atMs)
    const key = `${version.versionId} ${version.environment} ${startMs}`
    const day = days.get(key) ?? { version, startMs, values: new Map() }
    days.set(key, day)
    for (const { name, values } of columns) {
      const own = day.values.get(name)
      // Copied once and added to: copying at each sample held requests up once a minute.
      if (own) for (const value of values) own.push(value)
      else day.values.set(name, [...values])
    }
  }
  return [...days.values()]
}

const span = (startMs: number) => ({ from: isoOf(startMs), to: isoOf(startMs + dayMs) })

/** What is stored of the day, counted on the same reference. */
async function countedBefore(
  executor: Executor,
  { version, startMs }: ServedDay,
  references: ReadonlyMap<string, Reference>,
): Promise<Map<string, Profile>> {
  const { versionId, environment } = version
  const features = [...references.keys()]
  const rows = await readProfiles(
    { versionIds: [versionId], environment, features, side: 'online', span: span(startMs) },
    executor,
  )
  return new Map(
    rows.flatMap(({ feature, referenceId, statistics }): [string, Profile][] => {
      const reference = references.get(feature)
      const kept = stored<WindowStatistics>(statistics)
      return reference && kept && reference.id === referenceId
        ? [[feature, withEdges(kept.counts, reference)]]
        : []
    }),
  )
}

interface Counted {
  reference: Reference
  profile: Profile
}

function added(reference: Reference, before: Profile | undefined, texts: readonly string[]): Profile {
  const profile = servedProfile(reference, texts)
  const both = before ? mergeProfiles(before, profile) : profile
  const { basis } = reference
  return both.kind === 'categorical' ? listed(both, basis && 'values' in basis ? basis.values : []) : both
}

/** Rows of the day, its features' p-values adjusted together. */
function rowsOf({ version, startMs }: ServedDay, counted: readonly Counted[], asOf: string): NewProfile[] {
  const results = compareRun(
    counted.map(({ reference, profile }) => ({
      reference: reference.profile,
      window: profile,
      ...(reference.floors.day ? { blockFloors: reference.floors.day } : {}),
    })),
  )
  return counted.flatMap(({ reference, profile }, i): NewProfile[] => {
    const result = results[i]
    if (!result) return []
    const statistics: WindowStatistics = { counts: withoutEdges(profile), result }
    return [
      {
        versionId: version.versionId,
        environment: version.environment,
        feature: reference.feature,
        side: 'online',
        windowStart: span(startMs).from,
        windowEnd: span(startMs).to,
        referenceId: reference.id,
        asOf,
        rows: profile.rows,
        statistics: stamped(statistics),
      },
    ]
  })
}

/** Adds what was served to what is stored of the day, and judges it against the reference. */
async function saveDay(day: ServedDay, asOf: string): Promise<void> {
  const { version, startMs, values } = day
  const names = [...values.keys()].map((name) => ({ name }))
  const references = await knownReferences(version, names)
  if (references.size === 0) return
  const lock = `served ${version.versionId} ${version.environment} ${startMs}`
  await withTransaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`)
    const before = await countedBefore(tx, day, references)
    const counted: Counted[] = []
    for (const reference of references.values()) {
      const { feature } = reference
      counted.push({ reference, profile: added(reference, before.get(feature), values.get(feature) ?? []) })
      // Requests are answered between two features.
      await nextTurn()
    }
    await saveProfiles(tx, rowsOf(day, counted, asOf))
  })
}

/**
 * Stores what was sampled from serving as profiles of the side `online`, a UTC day of serving each, on the edges of
 * the feature's reference; features without one are let go.
 */
export async function countServed(signal?: AbortSignal): Promise<void> {
  const asOf = isoOf(clockNow().getTime())
  for (const day of byDay(takeServed())) {
    if (signal?.aborted) return
    await saveDay(day, asOf)
  }
}

const tickMilliseconds = 60_000
const whenFailing = 'what was served was not profiled'

/** Profiles what is served, for as long as the portal runs. */
export function startServedProfiles(): { stop: () => Promise<void> } {
  keepServed(true)
  const counting = repeat(tickMilliseconds, whenFailing, countServed)
  return {
    stop: async () => {
      await counting.stop()
      await countServed().catch((error: unknown) => logger().warn({ err: error }, whenFailing))
      keepServed(false)
    },
  }
}
