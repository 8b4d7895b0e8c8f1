import { sql } from '@/db/client'
import { formatTimestamp, fragmentSeparator } from '@/lib/core/feature-type'
import { isoOfDatabaseTime } from './instant'
import type { ReadKeys } from './read-request'
import type { ServingPlan } from './serving-plan'

/** The row of one key in one view as it is answered. */
export interface FoundRow {
  /** JSON texts in declared order. */
  fragments: string[]
  /** RFC 3339; '' when nobody needs it. */
  eventTime: string
  /** Older than the ttl. */
  outsideMaxAge: boolean
}

/** Per view of the plan: the row of each request row, undefined where there is none. */
export type FoundRows = (FoundRow | undefined)[][]

interface Line {
  entity_key: string
  view_id: number
  v: string
  event_time?: string
}

/** The text of a time costs as much as fetching its row, so it is left out where nobody needs it. */
const fetchLines = (keys: string[], viewIds: number[], withTime: boolean): Promise<Line[]> =>
  withTime
    ? sql()<Line[]>`select entity_key, view_id, v, event_time from online_rows
        where entity_key = any(${keys}::text[]) and view_id = any(${viewIds}::int[]) and not deleted`
    : sql()<Line[]>`select entity_key, view_id, v from online_rows
        where entity_key = any(${keys}::text[]) and view_id = any(${viewIds}::int[]) and not deleted`

/** The earliest event time that is not too old; '' without a ttl. Times of one form compare as texts. */
function oldestOf(ttlSeconds: number | null, now: Date): string {
  if (ttlSeconds === null) return ''
  const micros = BigInt(now.getTime() - ttlSeconds * 1000) * 1000n
  return micros < firstMicros ? '' : formatTimestamp(micros)
}
const firstMicros = BigInt(Date.parse('0001-01-01T00:00:00Z')) * 1000n

/** The rows of a read, by one statement. */
export async function fetchRows(
  plan: ServingPlan,
  keys: ReadKeys,
  withTimes: boolean,
  now: Date,
): Promise<FoundRows> {
  const asked = new Set<string>()
  for (const set of keys.entityKeys) for (const key of set) if (key !== null) asked.add(key)
  const lines = asked.size === 0 ? [] : await fetchLines([...asked], plan.viewIds, withTimes || plan.hasTtl)
  const found = plan.views.map(() => new Map<string, FoundRow>())
  const places = new Map(plan.viewIds.map((viewId, place) => [viewId, place]))
  const oldest = plan.views.map(({ ttlSeconds }) => oldestOf(ttlSeconds, now))
  for (const line of lines) {
    const place = places.get(line.view_id) ?? 0
    const eventTime = line.event_time === undefined ? '' : isoOfDatabaseTime(line.event_time)
    found[place]?.set(line.entity_key, {
      fragments: line.v.split(fragmentSeparator),
      eventTime,
      outsideMaxAge: eventTime < (oldest[place] ?? ''),
    })
  }
  return plan.views.map(({ keySet }, place) =>
    (keys.entityKeys[keySet] ?? []).map((key) => (key === null ? undefined : found[place]?.get(key))),
  )
}
