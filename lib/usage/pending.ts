import { createHash } from 'node:crypto'
import type postgres from 'postgres'
import { singleton } from '@/lib/core/singleton'
import type { Count, ReadTarget } from './buffer'

/** Any number that only those who write or fold what is pending lock: none of them then waits in a ring. */
const lockKey = 4_171_982_025

interface ReadNames {
  id: string
  /** JSON. */
  text: string
}

/** Plans live long, and with them their targets. */
const named = singleton('usageSetNames', () => new WeakMap<readonly ReadTarget[], ReadNames>())

/** What is read, as a text and its hash: the same for equal targets of different plans. */
export function namesOf(targets: readonly ReadTarget[]): ReadNames {
  const known = named.get(targets)
  if (known) return known
  const plain = targets.map(({ groupName, version, feature, environment }) => ({
    groupName,
    version,
    feature,
    environment,
  }))
  const text = JSON.stringify(plain)
  const names = { id: createHash('sha256').update(text).digest('hex'), text }
  named.set(targets, names)
  return names
}

const lock = (tx: postgres.TransactionSql) => tx`select pg_advisory_xact_lock(${lockKey})`

/** Adds counts to what is pending: a row a reader and what it reads, however many features that is. */
export async function keepPending(tx: postgres.TransactionSql, counts: readonly Count[]): Promise<void> {
  const sets = new Map(counts.map(({ targets }) => [namesOf(targets).id, targets]))
  const column = <K extends keyof Count>(name: K): Count[K][] => counts.map((one) => one[name])
  await lock(tx)
  await tx`
    insert into usage_sets (id, targets, lines)
    select id, targets::jsonb, lines from unnest(
      ${[...sets.keys()]}::text[], ${[...sets.values()].map((targets) => namesOf(targets).text)}::text[],
      ${[...sets.values()].map(({ length }) => length)}::int[]) as kept (id, targets, lines)
    on conflict (id) do nothing`
  await tx`
    insert into usage_pending (minute, consumer_kind, consumer_id, side, set_id, reads, cells)
    select minute, consumer_kind, consumer_id, side, set_id, sum(reads), sum(cells) from unnest(
      ${counts.map(({ minute }) => new Date(minute * 60_000).toISOString())}::timestamptz[],
      ${column('consumerKind')}::text[], ${column('consumerId')}::text[], ${column('side')}::text[],
      ${counts.map(({ targets }) => namesOf(targets).id)}::text[],
      ${column('reads')}::bigint[], ${column('cells')}::bigint[])
      as counted (minute, consumer_kind, consumer_id, side, set_id, reads, cells)
    group by 1, 2, 3, 4, 5
    on conflict (minute, consumer_kind, consumer_id, side, set_id)
    do update set reads = usage_pending.reads + excluded.reads, cells = usage_pending.cells + excluded.cells`
}

const linesAPiece = 1000

/**
 * Makes rows of usage_minutes of some of what is pending, without bringing any of it here: about a thousand, so that
 * the database is soon free again. Returns how many; 0 when nothing is pending any more.
 */
export async function foldPending(tx: postgres.TransactionSql): Promise<number> {
  await lock(tx)
  const { count } = await tx`
    with first as (
      select * from usage_pending order by minute, consumer_kind, consumer_id, side, set_id limit ${linesAPiece}
    ), measured as (
      select first.*, sum(lines) over (order by minute, consumer_kind, consumer_id, side, set_id) - lines as before
      from first join usage_sets on id = set_id
    ), taken as (
      delete from usage_pending p using measured m
      where m.before < ${linesAPiece} and (p.minute, p.consumer_kind, p.consumer_id, p.side, p.set_id)
        = (m.minute, m.consumer_kind, m.consumer_id, m.side, m.set_id)
      returning p.*
    )
    insert into usage_minutes (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side, reads, cells)
    select minute, consumer_kind, consumer_id, "groupName", version, feature, environment, side, sum(reads), sum(cells)
    from taken join usage_sets on id = set_id,
      jsonb_to_recordset(targets) as target ("groupName" text, version int, feature text, environment text)
    group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (minute, consumer_kind, consumer_id, group_name, version, feature, environment, side)
    do update set reads = usage_minutes.reads + excluded.reads, cells = usage_minutes.cells + excluded.cells`
  if (count === 0)
    await tx`delete from usage_sets where not exists (select 1 from usage_pending where set_id = usage_sets.id)`
  return count
}
