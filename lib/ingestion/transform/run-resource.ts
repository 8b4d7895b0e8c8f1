import { asc, eq, inArray, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commits, transformationIntervals as intervals, jobLog, type jobs } from '@/db/schema'
import { isoOfDatabaseTime } from '@/lib/online'
import { type TransformationRunDetail, type TransformationRunResource, triggers } from '../run-operations'

type JobRow = typeof jobs.$inferSelect

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const instant = (value: string | null) => (value === null ? null : isoOfDatabaseTime(value))

interface Computed {
  from: string
  to: string
  rows: number
  windows: number
  commit: string | null
}

/** What runs have computed so far, by job; failed windows count for the bounds alone. */
export async function computedBy(jobIds: string[]): Promise<Map<string, Computed>> {
  if (jobIds.length === 0) return new Map()
  const found = await db()
    .select({
      job: intervals.jobId,
      from: sql<string>`min(${intervals.fromAt})`,
      to: sql<string>`max(${intervals.toAt})`,
      rows: sql<string>`sum(${intervals.rows})`,
      windows: sql<string>`count(*) filter (where ${intervals.state} = 'computed')`,
      commit: sql<
        string | null
      >`(array_agg(${intervals.commitId} order by ${intervals.id} desc) filter (where ${intervals.commitId} is not null))[1]`,
    })
    .from(intervals)
    .where(inArray(intervals.jobId, jobIds))
    .groupBy(intervals.jobId)
  return new Map(
    found.map(({ job, from, to, rows, windows, commit }) => [
      job,
      {
        from: isoOfDatabaseTime(from),
        to: isoOfDatabaseTime(to),
        rows: Number(rows),
        windows: Number(windows),
        commit,
      },
    ]),
  )
}

const hasEnded = ({ state }: JobRow) => state !== 'queued' && state !== 'running'

/** A run as its readers see it. */
export function runResource(
  row: JobRow,
  computed: Computed | undefined,
  nameOf: (id: string) => string,
): TransformationRunResource {
  const { input, result, state } = row
  return {
    job: row.id,
    state,
    trigger: triggers.find((one) => one === input.trigger) ?? 'hand',
    from: computed?.from ?? text(result?.from) ?? text(input.from),
    to: computed?.to ?? text(result?.to) ?? text(input.to),
    rows: (computed?.windows ?? 0) > 0 ? (computed?.rows ?? null) : state === 'succeeded' ? 0 : null,
    windows: computed?.windows ?? 0,
    commit: computed?.commit ?? null,
    progress: hasEnded(row) ? null : row.progress,
    can_cancel: !hasEnded(row) && row.title !== null && row.cancelRequestedAt === null,
    error: row.error,
    by: nameOf(row.createdBy),
    created_at: isoOfDatabaseTime(row.createdAt),
    started_at: instant(row.startedAt),
    finished_at: instant(row.finishedAt),
  }
}

const mostWindows = 1000
const mostLines = 500

async function windowsOf(job: string): Promise<TransformationRunDetail['computed']> {
  const rows = await db()
    .select({ interval: intervals, revertedBy: commits.revertedBy })
    .from(intervals)
    .leftJoin(commits, eq(commits.id, intervals.commitId))
    .where(eq(intervals.jobId, job))
    .orderBy(asc(intervals.id))
  return rows.slice(-mostWindows).map(({ interval, revertedBy }) => ({
    from: isoOfDatabaseTime(interval.fromAt),
    to: isoOfDatabaseTime(interval.toAt),
    rows: interval.rows,
    state: revertedBy === null ? interval.state : 'reverted',
  }))
}

/** What was asked for, what came of it, and the log. */
export async function runDetail(
  row: JobRow,
  nameOf: (id: string) => string,
): Promise<TransformationRunDetail> {
  const { input } = row
  const lines = await db().select().from(jobLog).where(eq(jobLog.jobId, row.id)).orderBy(asc(jobLog.line))
  return {
    ...runResource(row, (await computedBy([row.id])).get(row.id), nameOf),
    asked: {
      ...(typeof input.from === 'string' ? { from: input.from } : {}),
      ...(typeof input.to === 'string' ? { to: input.to } : {}),
      ...(typeof input.step === 'string' ? { step: input.step } : {}),
      ...(input.gaps_only === true ? { gaps_only: true } : {}),
    },
    computed: await windowsOf(row.id),
    log: lines.slice(-mostLines).map(({ at, text: line }) => ({ at: isoOfDatabaseTime(at), text: line })),
  }
}
