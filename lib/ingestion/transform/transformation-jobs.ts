import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { ServingVersion } from '@/lib/registry'
import type { TransformationWindow } from './bind-window'

const kind = 'transformation'

const ofVersion = ({ versionId, environment }: ServingVersion) =>
  and(
    eq(jobs.kind, kind),
    sql`${jobs.input} ->> 'version_id' = ${versionId}`,
    sql`${jobs.input} ->> 'environment' = ${environment}`,
  )

/** Under the lock of this group's runs: whatever still says "running" lost its process. */
export async function startJob(
  ctx: Context,
  version: ServingVersion,
  window: TransformationWindow,
): Promise<string> {
  const at = ctx.now().toISOString()
  await db()
    .update(jobs)
    .set({ state: 'failed', error: 'The process that ran it ended.', finishedAt: at })
    .where(and(ofVersion(version), eq(jobs.state, 'running')))
  const id = newId(ctx.now().getTime())
  await db()
    .insert(jobs)
    .values({
      id,
      kind,
      state: 'running',
      input: {
        group: version.groupName,
        version: version.major,
        version_id: version.versionId,
        environment: version.environment,
        ...window,
      },
      createdBy: ctx.actor.id,
      createdAt: at,
      startedAt: at,
    })
  return id
}

/** In the transaction of the commit, so that a run that is said to have succeeded has, and the other way round. */
export async function succeedJob(
  executor: Executor,
  ctx: Context,
  id: string,
  result: { commit: string | null; rows: number },
): Promise<void> {
  await executor
    .update(jobs)
    .set({ state: 'succeeded', result, finishedAt: ctx.now().toISOString() })
    .where(eq(jobs.id, id))
}

export async function failJob(ctx: Context, id: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error)
  await db()
    .update(jobs)
    .set({ state: 'failed', error: message, finishedAt: ctx.now().toISOString() })
    .where(and(eq(jobs.id, id), eq(jobs.state, 'running')))
}

/** Newest first; ids sort by time. `before`: the last one of the page before. */
export const jobsOf = (
  version: ServingVersion,
  { limit, before }: { limit: number; before: string | null },
) =>
  db()
    .select()
    .from(jobs)
    .where(and(ofVersion(version), before === null ? undefined : lt(jobs.id, before)))
    .orderBy(desc(jobs.id))
    .limit(limit)

export const countJobs = (version: ServingVersion): Promise<number> => db().$count(jobs, ofVersion(version))
