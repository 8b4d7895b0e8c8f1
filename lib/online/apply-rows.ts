import type { TransactionSql } from 'postgres'
import { isoOfDatabaseTime } from './instant'

/** The newest row of one key, on its way into the online store. */
export interface OnlineRow {
  entityKey: string
  /** RFC 3339. */
  eventTime: string
  deleted: boolean
  /** Fragments in declared order, joined by U+001F; '' for a tombstone. */
  v: string
}

/** One that says the `created` of its commit, RFC 3339. */
export interface DatedRow extends OnlineRow {
  created: string
}

const rowsAStatement = 5000

/** One order of keys for all writers, so that two of them never wait for each other in a ring. */
const byKey = (a: OnlineRow, b: OnlineRow) =>
  a.entityKey < b.entityKey ? -1 : a.entityKey > b.entityKey ? 1 : 0

/**
 * Writes rows where they are newer than what is there: by event time, then a tombstone before a row, then `created`.
 * Each key may stand in `rows` once. Returns how many became the newest of their key.
 */
export async function applyOnlineRows(
  tx: TransactionSql,
  viewId: number,
  created: string,
  rows: readonly OnlineRow[],
): Promise<number> {
  const ordered = [...rows].sort(byKey)
  let applied = 0
  for (let start = 0; start < ordered.length; start += rowsAStatement) {
    applied += await upsert(tx, viewId, created, ordered.slice(start, start + rowsAStatement))
  }
  return applied
}

/** Writes where the arriving row is newer; `sql` fragments of the two forms of arrival share it. */
const whereNewer = (tx: TransactionSql) => tx`
    on conflict (entity_key, view_id) do update
    set event_time = excluded.event_time, created = excluded.created, deleted = excluded.deleted, v = excluded.v
    where (excluded.event_time, excluded.deleted, excluded.created) > (present.event_time, present.deleted, present.created)`

async function upsert(
  tx: TransactionSql,
  viewId: number,
  created: string,
  rows: OnlineRow[],
): Promise<number> {
  const result = await tx`
    insert into online_rows as present (entity_key, view_id, event_time, created, deleted, v)
    select entity_key, ${viewId}::int, event_time::timestamptz, ${created}::timestamptz, deleted = 1, v
    from unnest(
      ${rows.map((row) => row.entityKey)}::text[], ${rows.map((row) => row.eventTime)}::text[],
      ${rows.map((row) => (row.deleted ? 1 : 0))}::int[], ${rows.map((row) => row.v)}::text[]
    ) as arrived (entity_key, event_time, deleted, v)
    ${whereNewer(tx)}`
  return result.count
}

/** `applyOnlineRows` for rows of several commits: each says the `created` of its own. */
export async function applyDatedRows(
  tx: TransactionSql,
  viewId: number,
  rows: readonly DatedRow[],
): Promise<void> {
  const ordered = [...rows].sort(byKey)
  for (let start = 0; start < ordered.length; start += rowsAStatement) {
    const own = ordered.slice(start, start + rowsAStatement)
    await tx`
      insert into online_rows as present (entity_key, view_id, event_time, created, deleted, v)
      select entity_key, ${viewId}::int, event_time::timestamptz, created::timestamptz, deleted = 1, v
      from unnest(
        ${own.map((row) => row.entityKey)}::text[], ${own.map((row) => row.eventTime)}::text[],
        ${own.map((row) => row.created)}::text[], ${own.map((row) => (row.deleted ? 1 : 0))}::int[],
        ${own.map((row) => row.v)}::text[]
      ) as arrived (entity_key, event_time, created, deleted, v)
      ${whereNewer(tx)}`
  }
}

/** How many of these keys hold exactly a row that a commit brought, by the `created` of the commits. */
export async function countAppliedKeys(
  tx: TransactionSql,
  viewId: number,
  created: readonly string[],
  entityKeys: string[],
): Promise<Map<string, number>> {
  const rows = await tx<{ created: string; applied: number }[]>`
    select created, count(*)::int as applied from online_rows
    where entity_key = any(${entityKeys}::text[]) and view_id = ${viewId}
      and created = any(${[...created]}::text[]::timestamptz[])
    group by created`
  return new Map(rows.map((row) => [isoOfDatabaseTime(row.created), row.applied]))
}
