import { and, asc, eq, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'

export type JobRow = typeof jobs.$inferSelect

/** The oldest due job of these kinds, taken by exactly one process; null when there is none. */
export async function claimNext(kinds: string[], now: Date): Promise<JobRow | null> {
  if (kinds.length === 0) return null
  const at = now.toISOString()
  const due = and(
    eq(jobs.state, 'queued'),
    inArray(jobs.kind, kinds),
    or(isNull(jobs.runAfter), lte(jobs.runAfter, at)),
  )
  const oldest = db()
    .select({ id: jobs.id })
    .from(jobs)
    .where(due)
    .orderBy(asc(jobs.createdAt), asc(jobs.id))
    .limit(1)
    .for('update', { skipLocked: true })
  const [row] = await db()
    .update(jobs)
    .set({
      state: 'running',
      attempts: sql`${jobs.attempts} + 1`,
      startedAt: sql`coalesce(${jobs.startedAt}, ${at}::timestamptz)`,
      heartbeatAt: sql`clock_timestamp()`,
    })
    .where(eq(jobs.id, sql`(${oldest})`))
    .returning()
  return row ?? null
}

/** A process that has said nothing for this long has ended; a heartbeat comes each two seconds. */
const silenceSeconds = 15

/** Running jobs of these kinds whose process has ended. */
export const abandoned = (kinds: string[]): Promise<JobRow[]> =>
  db()
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.state, 'running'),
        inArray(jobs.kind, kinds),
        sql`${jobs.heartbeatAt} < clock_timestamp() - ${silenceSeconds} * interval '1 second'`,
      ),
    )
