import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { ServingVersion } from '@/lib/registry'
import type { Trigger } from '../run-operations'
import type { RunResult } from './perform-run'
import type { RunRequest } from './plan-run'
import type { Place } from './state'

/** The name of the job's definition. */
export const transformationKind = 'transformation'

const ofVersion = ({ versionId, environment }: Place) =>
  and(
    eq(jobs.kind, transformationKind),
    sql`${jobs.input} ->> 'version_id' = ${versionId}`,
    sql`${jobs.input} ->> 'environment' = ${environment}`,
  )

export interface JobInput extends Record<string, unknown> {
  group: string
  version: number
  version_id: string
  environment: string
  trigger: Trigger
  from?: string | undefined
  to?: string | undefined
  step?: string | undefined
  gaps_only?: boolean | undefined
}

export const jobInput = (version: ServingVersion, trigger: Trigger, request: RunRequest): JobInput => ({
  group: version.groupName,
  version: version.major,
  version_id: version.versionId,
  environment: version.environment,
  trigger,
  from: request.from,
  to: request.to,
  step: request.step,
  gaps_only: request.gapsOnly,
})

/** What the list of jobs calls a run: of a backfill with the event times that were asked for. */
export function runTitle(
  { groupName, major }: ServingVersion,
  trigger: Trigger,
  { from, to }: Pick<RunRequest, 'from' | 'to'> = {},
): string {
  const name = `${groupName}@${major}`
  if (trigger !== 'backfill' || from === undefined) return `Run ${name}`
  return `Backfill ${name}, ${from.slice(0, 10)} to ${to?.slice(0, 10) ?? 'now'}`
}

/**
 * A run that its caller waits for: a job that no runner takes. Under the lock of this group's runs, so whatever else
 * still says "running" without a sign of life lost its process.
 */
export async function startJob(ctx: Context, version: ServingVersion, request: RunRequest): Promise<string> {
  const at = ctx.now().toISOString()
  await db()
    .update(jobs)
    .set({ state: 'failed', error: 'The process that ran it ended.', finishedAt: at })
    .where(and(ofVersion(version), eq(jobs.state, 'running'), isNull(jobs.heartbeatAt)))
  const id = newId(ctx.now().getTime())
  const { actor } = ctx
  await db()
    .insert(jobs)
    .values({
      id,
      kind: transformationKind,
      title: runTitle(version, 'hand'),
      state: 'running',
      input: jobInput(version, 'hand', request),
      resourceKind: 'group',
      resourceName: version.groupName,
      environment: version.environment,
      createdBy: actor.id,
      createdByKey: actor.kind === 'apiKey' ? actor.keyId : null,
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
  result: RunResult,
): Promise<void> {
  await executor
    .update(jobs)
    .set({ state: 'succeeded', result: { ...result }, finishedAt: ctx.now().toISOString() })
    .where(eq(jobs.id, id))
}

/** `cancelled` when its caller left, or somebody ended it. */
export async function failJob(ctx: Context, id: string, error: unknown): Promise<void> {
  const message = error instanceof Error ? error.message : String(error)
  const [job] = await db().select({ at: jobs.cancelRequestedAt }).from(jobs).where(eq(jobs.id, id))
  const isEnded = job !== undefined && job.at !== null
  const end =
    ctx.signal.aborted || isEnded
      ? { state: 'cancelled' as const, error: isEnded ? null : 'Its caller left.' }
      : { state: 'failed' as const, error: message }
  await db()
    .update(jobs)
    .set({ ...end, finishedAt: ctx.now().toISOString() })
    .where(and(eq(jobs.id, id), eq(jobs.state, 'running')))
}

/** Newest first; ids sort by time. `before`: the last one of the page before. */
export const jobsOf = (version: Place, { limit, before }: { limit: number; before: string | null }) =>
  db()
    .select()
    .from(jobs)
    .where(and(ofVersion(version), before === null ? undefined : lt(jobs.id, before)))
    .orderBy(desc(jobs.id))
    .limit(limit)

export const countJobs = (version: Place): Promise<number> => db().$count(jobs, ofVersion(version))

export async function findRun(place: Place, id: string) {
  const [row] = await db()
    .select()
    .from(jobs)
    .where(and(ofVersion(place), eq(jobs.id, id)))
  return row ?? null
}
