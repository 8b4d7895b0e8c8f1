import { and, asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { rawClient, type Transaction, withTransaction } from '@/db/client'
import { jobs } from '@/db/schema'
import { formatTimestamp, microsFromDate } from '@/lib/core/feature-type'
import { newId } from '@/lib/core/ids'
import { applyOnlineRows, type OnlineRow } from '@/lib/online'

/** A job that waits for its rows' time: a row of the nearer future is in history at once and online when it comes. */
const dueJobKind = 'online_due'
const rowsADueJob = 1000

const onlineRow = z.object({
  entityKey: z.string(),
  eventTime: z.string(),
  deleted: z.boolean(),
  v: z.string(),
})
/** `dueAt` is the event time of the first row. */
const dueInput = z.object({
  viewId: z.number(),
  created: z.string(),
  dueAt: z.string(),
  rows: z.array(onlineRow),
})

const earlierFirst = (a: OnlineRow, b: OnlineRow) =>
  a.eventTime < b.eventTime ? -1 : a.eventTime > b.eventTime ? 1 : 0

/** Of rows in their order of arrival, the last for each name; a tombstone stays before a row of the same time. */
function lastPer(rows: OnlineRow[], nameOf: (row: OnlineRow) => string): OnlineRow[] {
  const last = new Map<string, OnlineRow>()
  for (const row of rows) {
    const present = last.get(nameOf(row))
    if (present && present.eventTime === row.eventTime && present.deleted && !row.deleted) continue
    last.set(nameOf(row), row)
  }
  return [...last.values()]
}

/** Queues rows, in their order of arrival, in the transaction that commits them. */
export async function queueDueRows(
  tx: Transaction,
  viewId: number,
  created: string,
  rows: OnlineRow[],
  now: Date,
): Promise<void> {
  // Ties are settled here, so that the order of the jobs does not matter.
  const ordered = lastPer(rows, (row) => `${row.eventTime} ${row.entityKey}`).sort(earlierFirst)
  for (let start = 0; start < ordered.length; start += rowsADueJob) {
    const own = ordered.slice(start, start + rowsADueJob)
    await tx.insert(jobs).values({
      id: newId(now.getTime()),
      kind: dueJobKind,
      state: 'queued',
      input: { viewId, created, dueAt: own[0]?.eventTime ?? created, rows: own },
      createdBy: 'system',
      createdAt: now.toISOString(),
    })
  }
}

const isDue = (now: Date) =>
  and(
    eq(jobs.kind, dueJobKind),
    eq(jobs.state, 'queued'),
    sql`(${jobs.input} ->> 'dueAt')::timestamptz <= ${now.toISOString()}::timestamptz`,
  )

/** Puts online what is due of one queued job; keeps the rest for later. False when none is due. */
function applyOneDueJob(now: Date): Promise<boolean> {
  const instant = formatTimestamp(microsFromDate(now))
  return withTransaction(async (tx) => {
    const first = tx.select().from(jobs).where(isDue(now)).orderBy(asc(jobs.createdAt), asc(jobs.id)).limit(1)
    const [job] = await first.for('update', { skipLocked: true })
    if (!job) return false
    const { viewId, created, rows } = dueInput.parse(job.input)
    const due = rows.filter(({ eventTime }) => eventTime <= instant)
    const left = rows.slice(due.length)
    await applyOnlineRows(
      rawClient(tx),
      viewId,
      created,
      lastPer(due, (row) => row.entityKey),
    )
    const rest = left[0]
      ? { input: { viewId, created, dueAt: left[0].eventTime, rows: left } }
      : { state: 'succeeded' as const, input: {}, finishedAt: now.toISOString() }
    await tx.update(jobs).set(rest).where(eq(jobs.id, job.id))
    return true
  })
}

/** Puts online every row whose time has come. */
export async function applyDueRows(now: Date): Promise<void> {
  while (await applyOneDueJob(now));
}

/** Rows of one commit that still wait for their time never go online: the commit is reverted in this transaction. */
export async function dropDueRows(
  tx: Transaction,
  viewId: number,
  created: string,
  now: Date,
): Promise<void> {
  await tx
    .update(jobs)
    .set({ state: 'cancelled', input: {}, finishedAt: now.toISOString() })
    .where(
      and(
        eq(jobs.kind, dueJobKind),
        eq(jobs.state, 'queued'),
        sql`(${jobs.input} ->> 'viewId')::int = ${viewId}`,
        sql`${jobs.input} ->> 'created' = ${created}`,
      ),
    )
}
