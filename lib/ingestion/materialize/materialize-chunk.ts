import { eq, inArray, sql } from 'drizzle-orm'
import { db, rawClient, type Transaction } from '@/db/client'
import { commits } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { formatTimestamp, microsFromDate, parseEventTime } from '@/lib/core/feature-type'
import { historyOf, offlineStore } from '@/lib/offline'
import { applyDatedRows, countAppliedKeys, isoOfDatabaseTime, type OnlineRow } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { queueDueRows } from '../due-rows'
import type { CommitRow } from '../revert/find-commit'
import { countedOf, microsOf, onlyCommits } from '../revert/online-history'
import { datedRow } from '../revert/replacement'
import { newestRevert, unlessReverted } from '../revert/unless-reverted'
import { onlineRowOfHistory } from '../staged-batch'

/** Some waiting commits, oldest first, and the event times that are wanted of them (inclusive). */
export interface Chunk {
  ctx: Context
  version: ServingVersion
  commits: CommitRow[]
  from: string | null
  to: string | null
}

const mostDueRows = 100_000

/** Whether the span leaves nothing of the commit behind. */
function isCovered({ from, to }: Chunk, { minEventTime, maxEventTime }: CommitRow): boolean {
  const [first, last] = [minEventTime, maxEventTime].map((at) => (at === null ? null : isoOfDatabaseTime(at)))
  return (!from || !first || first >= from) && (!to || !last || last <= to)
}

/** Rows whose time comes later, of commits that are covered. */
async function dueRows(chunk: Chunk, until: string): Promise<Map<CommitRow, OnlineRow[]>> {
  const due = new Map<CommitRow, OnlineRow[]>()
  const history = await historyOf(chunk.version)
  for (const commit of chunk.commits) {
    if (!isCovered(chunk, commit) || !commit.maxEventTime) continue
    if (isoOfDatabaseTime(commit.maxEventTime) <= until) continue
    const own = onlyCommits(history, [commit.created])
    const request = { history: own, key: null, latest: false, limit: mostDueRows }
    const rows = await offlineStore().rows(request, chunk.ctx.signal)
    const future = rows.filter(({ eventTime }) => eventTime > until).sort((a, b) => a.row - b.row)
    due.set(commit, future.map(onlineRowOfHistory))
  }
  return due
}

/** Before the first row goes online, so that whoever reverts a commit meanwhile knows of it. */
async function beginSpan(
  tx: Transaction,
  { commits: waiting, from }: Chunk,
  untilMicros: bigint,
): Promise<void> {
  const span = JSON.stringify([{ from, to: formatTimestamp(untilMicros) }])
  const spans = sql`coalesce(${commits.onlineSpans}, '[]'::jsonb)`
  await tx
    .update(commits)
    .set({
      onlineSpans: sql`case when ${spans} @> ${span}::jsonb then ${spans} else ${spans} || ${span}::jsonb end`,
    })
    .where(
      inArray(
        commits.id,
        waiting.map(({ id }) => id),
      ),
    )
}

/** Marks what is wholly online now. */
async function settle(
  tx: Transaction,
  chunk: Chunk,
  due: Map<CommitRow, OnlineRow[]>,
  applied: Map<string, number>,
): Promise<void> {
  for (const commit of chunk.commits) {
    if (!isCovered(chunk, commit)) continue
    const created = isoOfDatabaseTime(commit.created)
    const later = due.get(commit) ?? []
    await queueDueRows(tx, chunk.version.viewId, created, later, chunk.ctx.now())
    const superseded = Math.max(0, commit.rows - later.length - (applied.get(created) ?? 0))
    await tx
      .update(commits)
      .set({ onlineState: 'done', onlineSpans: null, superseded })
      .where(eq(commits.id, commit.id))
  }
}

/**
 * Brings the newest row of each key of some waiting commits online, and marks those that are wholly there, so that the
 * watermark moves. False when a revert came in between: what was read may be hidden now. Doing it again changes nothing.
 */
export async function materializeChunk(
  chunk: Chunk,
  progress: (keys: number) => Promise<void>,
): Promise<boolean> {
  const { ctx, version, from, to } = chunk
  const mark = await newestRevert(db(), version)
  const now = microsFromDate(ctx.now())
  const end = to === null ? null : parseEventTime(to)
  const untilMicros = end !== null && end < now ? end : now
  const begin = from === null ? null : parseEventTime(from)
  if (!(await unlessReverted(version, mark, (tx) => beginSpan(tx, chunk, untilMicros)))) return false
  const createds = chunk.commits.map(({ created }) => created)
  const history = countedOf(await historyOf(version), createds)
  const applied = new Map<string, number>()
  const request = { history, fromMicros: begin === null ? null : begin - 1n, untilMicros }
  let keys = 0
  for await (const batch of offlineStore().newestPerKey(request, ctx.signal)) {
    const rows = batch.map(datedRow)
    const step = unlessReverted(version, mark, async (tx) => {
      const client = rawClient(tx)
      await applyDatedRows(client, version.viewId, rows)
      const own = [...new Set(rows.map(({ created }) => created))]
      const entityKeys = rows.map(({ entityKey }) => entityKey)
      for (const [created, count] of await countAppliedKeys(client, version.viewId, own, entityKeys))
        applied.set(created, (applied.get(created) ?? 0) + count)
    })
    if (!(await step)) return false
    keys += batch.length
    await progress(keys)
  }
  const due = await dueRows(chunk, formatTimestamp(untilMicros))
  return unlessReverted(version, mark, (tx) => settle(tx, chunk, due, applied))
}

/** The earliest waiting commits that are done as one. */
export function firstChunk(waiting: readonly CommitRow[], mostRows: number): CommitRow[] {
  const chunk: CommitRow[] = []
  let rows = 0
  for (const commit of waiting) {
    if (chunk.length > 0 && (rows + commit.rows > mostRows || chunk.length >= 1000)) break
    chunk.push(commit)
    rows += commit.rows
  }
  return chunk
}

/** Whether the commit has rows of these event times. */
export const touchesSpan = (commit: CommitRow, from: string | null, to: string | null): boolean => {
  if (commit.minEventTime === null || commit.maxEventTime === null) return true
  return (
    (from === null || microsOf(commit.maxEventTime) >= (parseEventTime(from) ?? 0n)) &&
    (to === null || microsOf(commit.minEventTime) <= (parseEventTime(to) ?? 0n))
  )
}
