import { and, eq, gt, lt, min, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { commits, transformationIntervals } from '@/db/schema'
import { newId } from '@/lib/core/ids'
import { isoOfDatabaseTime } from '@/lib/online'
import type { TransformationWindow } from './bind-window'
import type { Place } from './state'

export interface ComputedWindow extends TransformationWindow {
  rows: number
  /** Null when the window held no row. */
  commit: string | null
}

/** What a run did with one window: in the transaction of the commit where there is one. */
export async function saveInterval(
  executor: Executor,
  { versionId, environment }: Place,
  job: string,
  state: 'computed' | 'failed',
  { from, to, rows, commit }: ComputedWindow,
  now: Date,
): Promise<void> {
  await executor.insert(transformationIntervals).values({
    id: newId(now.getTime()),
    versionId,
    environment,
    fromAt: from,
    toAt: to,
    state,
    jobId: job,
    commitId: commit,
    rows,
    at: now.toISOString(),
  })
}

export interface Interval extends TransformationWindow {
  /** `reverted`: its rows were taken back. */
  state: 'computed' | 'failed' | 'reverted'
  job: string
  rows: number
}

/** All that runs did between two instants, oldest run first. */
export async function intervalsBetween(
  { versionId, environment }: Place,
  { from, to }: TransformationWindow,
): Promise<Interval[]> {
  const all = transformationIntervals
  const rows = await db()
    .select({ interval: all, revertedBy: commits.revertedBy })
    .from(all)
    .leftJoin(commits, eq(commits.id, all.commitId))
    .where(
      and(
        eq(all.versionId, versionId),
        eq(all.environment, environment),
        gt(all.toAt, sql`${from}::timestamptz`),
        lt(all.fromAt, sql`${to}::timestamptz`),
      ),
    )
    .orderBy(all.id)
  return rows.map(({ interval, revertedBy }) => ({
    from: isoOfDatabaseTime(interval.fromAt),
    to: isoOfDatabaseTime(interval.toAt),
    state: revertedBy === null ? interval.state : 'reverted',
    job: interval.jobId,
    rows: interval.rows,
  }))
}

/** The least and the greatest event time that runs were asked for; null before the first run. */
export async function boundsOfRuns({ versionId, environment }: Place): Promise<TransformationWindow | null> {
  const { fromAt, toAt, state } = transformationIntervals
  const [row] = await db()
    .select({ from: min(fromAt), to: sql<string | null>`max(${toAt}) filter (where ${state} = 'computed')` })
    .from(transformationIntervals)
    .where(
      and(
        eq(transformationIntervals.versionId, versionId),
        eq(transformationIntervals.environment, environment),
      ),
    )
  if (!row?.from) return null
  return { from: isoOfDatabaseTime(row.from), to: isoOfDatabaseTime(row.to ?? row.from) }
}
