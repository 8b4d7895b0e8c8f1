import { and, eq, inArray, isNotNull, isNull, max, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { jobLog, jobs } from '@/db/schema'

interface JobProgress {
  done: number
  /** Null while nobody knows how much there is. */
  total: number | null
  message: string
}

const running = (id: string) => and(eq(jobs.id, id), eq(jobs.state, 'running'))

export async function saveProgress(id: string, progress: JobProgress): Promise<void> {
  await db().update(jobs).set({ progress }).where(running(id))
}

/** In the transaction of the step that it tells of, where there is one. */
export async function saveCheckpoint(
  executor: Executor,
  id: string,
  checkpoint: Record<string, unknown>,
): Promise<void> {
  await executor.update(jobs).set({ checkpoint }).where(running(id))
}

/** Says that these jobs still run. Returns those that somebody wants ended. */
export async function heartbeat(ids: string[]): Promise<string[]> {
  if (ids.length === 0) return []
  await db().update(jobs).set({ heartbeatAt: sql`clock_timestamp()` }).where(inArray(jobs.id, ids))
  const rows = await db()
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.id, ids), isNotNull(jobs.cancelRequestedAt)))
  return rows.map(({ id }) => id)
}

/** Only one process writes a job's log: the one that runs it. */
export async function appendLog(id: string, at: Date, text: string): Promise<void> {
  const next = db()
    .select({ line: sql`coalesce(${max(jobLog.line)}, 0) + 1` })
    .from(jobLog)
    .where(eq(jobLog.jobId, id))
  await db()
    .insert(jobLog)
    .values({ jobId: id, line: sql`(${next})`, at: at.toISOString(), text: text.slice(0, 4000) })
}

type JobEnd =
  | { state: 'succeeded'; result: Record<string, unknown> }
  | { state: 'failed'; error: string }
  | { state: 'cancelled' }

/** Ends a running job. A job that has ended already stays as it is. */
export async function endJob(id: string, now: Date, end: JobEnd): Promise<void> {
  await db()
    .update(jobs)
    .set({ ...end, finishedAt: now.toISOString() })
    .where(running(id))
}

/** Puts a running job back into the queue: its process is going, or ended, or shall try again. */
export async function requeue(id: string, runAfter: Date | null): Promise<void> {
  await db()
    .update(jobs)
    .set({ state: 'queued', runAfter: runAfter?.toISOString() ?? null })
    .where(and(running(id), isNull(jobs.cancelRequestedAt)))
}

/** A queued job ends at once; a running one when its process hears of it. False when it had ended. */
export async function requestCancel(executor: Executor, id: string, now: Date): Promise<boolean> {
  const at = now.toISOString()
  const rows = await executor
    .update(jobs)
    .set({
      cancelRequestedAt: at,
      state: sql`case when ${jobs.state} = 'queued' then 'cancelled' else ${jobs.state} end`,
      finishedAt: sql`case when ${jobs.state} = 'queued' then ${at}::timestamptz end`,
    })
    .where(and(eq(jobs.id, id), inArray(jobs.state, ['queued', 'running'])))
    .returning({ id: jobs.id })
  return rows.length > 0
}
