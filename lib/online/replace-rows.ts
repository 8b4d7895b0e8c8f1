import type { TransactionSql } from 'postgres'
import type { DatedRow } from './apply-rows'

const keysAStatement = 5000

/** Rows of commits, by their `created`; where times are stated, only those later than `after`, up to `until`. */
export interface RowsOfCommits {
  createds: readonly string[]
  after?: string
  until?: string
}

/**
 * Takes rows of commits out of the online store: each of these keys that still holds one gets the row in `instead`,
 * or leaves when there is none. Keys that hold another commit's row stay as they are, so that whatever arrives
 * meanwhile is kept. Doing it again changes nothing.
 */
export async function replaceOnlineRows(
  tx: TransactionSql,
  viewId: number,
  of: RowsOfCommits,
  entityKeys: readonly string[],
  instead: ReadonlyMap<string, DatedRow>,
): Promise<void> {
  const ordered = [...entityKeys].sort()
  for (let start = 0; start < ordered.length; start += keysAStatement) {
    await replace(tx, viewId, of, ordered.slice(start, start + keysAStatement), instead)
  }
}

async function replace(
  tx: TransactionSql,
  viewId: number,
  { createds, after = '-infinity', until = 'infinity' }: RowsOfCommits,
  keys: string[],
  instead: ReadonlyMap<string, DatedRow>,
): Promise<void> {
  // Locked in the one order of all writers, so that two of them never wait for each other in a ring.
  const held = await tx<{ entity_key: string }[]>`
    select entity_key from online_rows
    where entity_key = any(${keys}::text[]) and view_id = ${viewId}
      and created = any(${[...createds]}::text[]::timestamptz[])
      and event_time > ${after}::timestamptz and event_time <= ${until}::timestamptz
    order by entity_key for update`
  const rows = held.flatMap(({ entity_key: key }) => instead.get(key) ?? [])
  const lost = held.map(({ entity_key: key }) => key).filter((key) => !instead.has(key))
  await tx`
    update online_rows as present
    set event_time = other.event_time::timestamptz, created = other.created::timestamptz,
      deleted = other.deleted = 1, v = other.v
    from unnest(
      ${rows.map((row) => row.entityKey)}::text[], ${rows.map((row) => row.eventTime)}::text[],
      ${rows.map((row) => row.created)}::text[], ${rows.map((row) => (row.deleted ? 1 : 0))}::int[],
      ${rows.map((row) => row.v)}::text[]
    ) as other (entity_key, event_time, created, deleted, v)
    where present.entity_key = other.entity_key and present.view_id = ${viewId}`
  await tx`delete from online_rows where entity_key = any(${lost}::text[]) and view_id = ${viewId}`
}
