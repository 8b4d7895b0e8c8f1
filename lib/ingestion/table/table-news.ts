import { singleton } from '@/lib/core/singleton'
import { inSnapshot, type Snapshot } from './connect'
import { shapeOf, type TableShape, tableName } from './table-columns'
import type { TableInput } from './table-input'
import { instantText, timesIn } from './table-times'

export interface TableNews {
  /** How far the table has been seen; null where nothing tells. */
  position: string | null
  /** Bounds, RFC 3339, of the rows that are new since the position that was asked for. */
  earliest: string | null
  latest: string | null
  /** The greatest time of all rows. */
  reach: string | null
}

async function greatest(
  { tx }: Snapshot,
  input: TableInput,
  shape: TableShape,
  column: string,
): Promise<string | null> {
  const { base, name, finite } = timesIn(input, column, shape.baseOf)
  const [row] = await tx.unsafe<{ at: string | null }[]>(
    `select ${instantText(base, `max(${name})`)} as at from ${tableName(input)} where ${finite}`,
  )
  return row?.at ?? null
}

/** Counts every change that the server has seen; views have no such count. */
async function changeCount({ tx }: Snapshot, input: TableInput): Promise<string | null> {
  const [row] = await tx<{ changes: string }[]>`
    select (n_tup_ins + n_tup_upd + n_tup_del)::text as changes
    from pg_stat_all_tables where relid = ${tableName(input)}::regclass`
  return row ? `changes ${row.changes}` : null
}

async function bounds(
  { tx }: Snapshot,
  input: TableInput,
  shape: TableShape,
  timeColumn: string,
  condition: string,
): Promise<Pick<TableNews, 'earliest' | 'latest'>> {
  const { base, name, finite } = timesIn(input, timeColumn, shape.baseOf)
  const [row] = await tx.unsafe<{ earliest: string | null; latest: string | null }[]>(
    `select ${instantText(base, `min(${name})`)} as earliest, ${instantText(base, `max(${name})`)} as latest
     from ${tableName(input)} where ${finite} and ${condition}`,
  )
  return { earliest: row?.earliest ?? null, latest: row?.latest ?? null }
}

const isInstant = (position: string | null): position is string =>
  position !== null && /^\d{4,}-\d\d-\d\dT/.test(position)

async function look(snapshot: Snapshot, input: TableInput, after: string | null): Promise<TableNews> {
  const shape = await shapeOf(snapshot, input)
  const { timeColumn, updatedColumn } = input
  if (timeColumn === null)
    return { position: await changeCount(snapshot, input), earliest: null, latest: null, reach: null }
  const reach = await greatest(snapshot, input, shape, timeColumn)
  const ordering = updatedColumn ?? timeColumn
  const position = updatedColumn === null ? reach : await greatest(snapshot, input, shape, updatedColumn)
  const since = isInstant(after) ? timesIn(input, ordering, shape.baseOf).laterThan(after) : 'true'
  return { position, reach, ...(await bounds(snapshot, input, shape, timeColumn, since)) }
}

/**
 * What a table holds that is newer than a position: by its `updated_column`, else by its `timestamp_column`, where rows
 * that come late are not seen. Errors: conflict, unavailable.
 */
export const tableNews = (input: TableInput, after: string | null, signal: AbortSignal): Promise<TableNews> =>
  inSnapshot(input, signal, (snapshot) => look(snapshot, input, after))

const lookMilliseconds = 60_000

interface Look {
  at: number
  position: Promise<string | null>
}

/** The position of a table for whoever looks every few seconds: somebody else's database is asked once a minute. */
export function recentPosition(input: TableInput, signal: AbortSignal): Promise<string | null> {
  const looks = singleton('table positions', () => new Map<string, Look>())
  const key = JSON.stringify(input)
  const known = looks.get(key)
  const now = performance.now()
  if (known && now - known.at < lookMilliseconds) return known.position
  const position = tableNews(input, null, signal).then((news) => news.position)
  looks.set(key, { at: now, position })
  position.catch(() => signal.aborted && looks.delete(key))
  return position
}
