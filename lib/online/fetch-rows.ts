import { sql } from '@/db/client'
import { directReads } from '@/db/direct-reads'
import type { Cells } from '@/db/postgres-messages'
import { formatTimestamp, fragmentSeparator } from '@/lib/core/feature-type'
import { singleton } from '@/lib/core/singleton'
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

/** A row as it was fetched. */
interface Line {
  viewId: number
  key: string
  v: string
  /** PostgreSQL's text; '' when nobody needs it. */
  time: string
}

/** Per view of the plan: the rows that were fetched, by key. */
type Fetched = Map<string, FoundRow>[]

/** The text of a time costs as much as fetching its row, so it is left out where nobody needs it. */
const ask = singleton('onlineReads', () =>
  directReads({
    text: `select view_id, entity_key, v, case when $3::boolean then event_time::text else '' end from online_rows
      where entity_key = any($1::text[]) and view_id = any($2::int[]) and not deleted`,
    binary: [true, false, false, false],
  }),
)

const lineOf = (cells: Cells): Line => ({
  viewId: cells.int4(),
  key: cells.text(),
  v: cells.text(),
  time: cells.text(),
})

const mustQuote = /[\\"]/g
const textArray = (texts: string[]): string =>
  `{${texts.map((text) => `"${text.replace(mustQuote, '\\$&')}"`).join(',')}}`

/** The same by the pool. */
const askPool = ({ viewIds }: ServingPlan, keys: string[], withTime: boolean): Promise<Line[]> =>
  sql()<Line[]>`
    select view_id as "viewId", entity_key as key, v,
      case when ${withTime}::boolean then event_time::text else '' end as time
    from online_rows
    where entity_key = any(${keys}::text[]) and view_id = any(${viewIds}::int[]) and not deleted`

const fetchLines = (plan: ServingPlan, keys: string[], withTime: boolean): Promise<Line[]> =>
  ask({
    parameters: [textArray(keys), plan.viewIdsText, withTime ? 't' : 'f'],
    row: lineOf,
    otherwise: () => askPool(plan, keys, withTime),
  })

function fetchedOf(plan: ServingPlan, lines: Line[]): Fetched {
  const fetched: Fetched = plan.views.map(() => new Map<string, FoundRow>())
  for (const { key, viewId, v, time } of lines) {
    fetched[plan.places.get(viewId) ?? 0]?.set(key, {
      fragments: v.split(fragmentSeparator),
      eventTime: time === '' ? '' : isoOfDatabaseTime(time),
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
