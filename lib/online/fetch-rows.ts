import { sql } from '@/db/client'
import { formatTimestamp, fragmentSeparator } from '@/lib/core/feature-type'
import { gathering } from './gather'
import { isoOfDatabaseTime } from './instant'
import type { ReadKeys } from './read-request'
import type { ServingPlan } from './serving-plan'

/** The row of one key in one view as it is answered. */
export interface FoundRow {
  /** JSON texts in declared order. */
  fragments: string[]
  /** RFC 3339; '' when nobody needs it. */
  eventTime: string
}

/** The rows of one view. */
export interface FoundView {
  /** The row of each request row, undefined where there is none. */
  rows: (FoundRow | undefined)[]
  /** Rows before this instant are older than the ttl; '' without a ttl. Times of one form compare as texts. */
  oldest: string
}

interface Line {
  entity_key: string
  view_id: number
  v: string
  event_time?: string
}

/** Per view of the plan: the rows that were fetched, by key. */
type Fetched = Map<string, FoundRow>[]

/** The text of a time costs as much as fetching its row, so it is left out where nobody needs it. */
const fetchLines = ({ viewIds }: ServingPlan, keys: string[], withTime: boolean): Promise<Line[]> =>
  withTime
    ? sql()<Line[]>`select entity_key, view_id, v, event_time from online_rows
        where entity_key = any(${keys}::text[]) and view_id = any(${viewIds}::int[]) and not deleted`
    : sql()<Line[]>`select entity_key, view_id, v from online_rows
        where entity_key = any(${keys}::text[]) and view_id = any(${viewIds}::int[]) and not deleted`

function fetchedOf(plan: ServingPlan, lines: Line[]): Fetched {
  const fetched: Fetched = plan.views.map(() => new Map<string, FoundRow>())
  for (const { entity_key: key, view_id: viewId, v, event_time: time } of lines) {
    fetched[plan.places.get(viewId) ?? 0]?.set(key, {
      fragments: v.split(fragmentSeparator),
      eventTime: time === undefined ? '' : isoOfDatabaseTime(time),
    })
  }
  return fetched
}

const fetch = gathering({ ask: fetchLines, make: fetchedOf })

/** The earliest event time that is not too old; '' without a ttl. */
function oldestOf(ttlSeconds: number | null, now: Date): string {
  if (ttlSeconds === null) return ''
  const micros = BigInt(now.getTime() - ttlSeconds * 1000) * 1000n
  return micros < firstMicros ? '' : formatTimestamp(micros)
}
const firstMicros = BigInt(Date.parse('0001-01-01T00:00:00Z')) * 1000n

/** Every key that is asked for, once. */
function keysAsked({ entityKeys }: ReadKeys): string[] {
  const asked = new Set<string>()
  for (const set of entityKeys) for (const key of set) if (key !== null) asked.add(key)
  return [...asked]
}

function foundOf(plan: ServingPlan, keys: ReadKeys, fetched: Fetched, now: Date): FoundView[] {
  return plan.views.map(({ keySet, ttlSeconds }, place) => {
    const found = fetched[place]
    const rows = (keys.entityKeys[keySet] ?? []).map((key) => (key === null ? undefined : found?.get(key)))
    return { rows, oldest: oldestOf(ttlSeconds, now) }
  })
}

/** The rows of a read, per view of the plan. By `then`: on the hot path an async function is one promise more. */
export function fetchRows(
  plan: ServingPlan,
  keys: ReadKeys,
  withTimes: boolean,
  now: Date,
): Promise<FoundView[]> {
  const asked = keysAsked(keys)
  if (asked.length === 0) return Promise.resolve(foundOf(plan, keys, [], now))
  return fetch(plan, asked, withTimes || plan.hasTtl).then((fetched) => foundOf(plan, keys, fetched, now))
}
