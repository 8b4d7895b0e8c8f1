import { and, eq, inArray } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { type InputPositions, jobs, transformationStates } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { logger } from '@/lib/core/logger'
import { systemContext } from '@/lib/identity'
import { enqueue } from '@/lib/queue'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import type { Trigger } from '../run-operations'
import { hasNews, newsOf, recentPositions } from './input-news'
import { type Input, resolveInputs } from './resolve-inputs'
import { auditRefusal, contextAs, refusalFor } from './run-as'
import { dueInstant, type Scheduled, scheduledVersions } from './scheduled'
import { type Place, saveState, stateOf, type TransformationState } from './state'
import { jobInput, runTitle, transformationKind } from './transformation-jobs'

const onceName = ({ versionId, environment }: Place) => `transformation ${versionId} ${environment}`

const isWaiting = async (place: Place): Promise<boolean> =>
  (await db().$count(jobs, and(eq(jobs.once, onceName(place)), inArray(jobs.state, ['queued', 'running'])))) >
  0

interface Reason {
  trigger: Trigger
  /** The instant of the schedule that is served. */
  due: string | null
  /** Data that the run is started for. */
  positions: InputPositions | null
}

/** An input that cannot be looked at brings nothing new; a run that is due meets it and says so. */
async function positionsOf(
  inputs: readonly Input[],
  { attempted }: TransformationState,
  signal: AbortSignal,
): Promise<InputPositions | null> {
  try {
    const recent = await recentPositions(inputs, signal)
    // What was seen a while ago may be older than what a run has taken in since.
    return hasNews(recent, attempted) ? (await newsOf(inputs, {}, signal)).positions : recent
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

async function reasonOf(one: Scheduled, inputs: readonly Input[], ctx: Context): Promise<Reason | null> {
  const state = await stateOf(one)
  const due = dueInstant(one, state, ctx.now())
  const positions = one.transformation.on_new_data ? await positionsOf(inputs, state, ctx.signal) : null
  const isNew = positions !== null && hasNews(positions, state.attempted)
  if (due === null && !isNew) return null
  return { trigger: due === null ? 'new_data' : 'schedule', due, positions }
}

/** Under the lock of the state's row, so that two portals do not serve one instant twice. */
async function stillDue(tx: Transaction, one: Scheduled, { due, positions }: Reason): Promise<boolean> {
  const { versionId, environment } = one
  await saveState(tx, one, {})
  await tx
    .select({ versionId: transformationStates.versionId })
    .from(transformationStates)
    .where(
      and(eq(transformationStates.versionId, versionId), eq(transformationStates.environment, environment)),
    )
    .for('update')
  const state = await stateOf(one, tx)
  const isServed =
    due !== null && state.scheduledThrough !== null && new Date(state.scheduledThrough) >= new Date(due)
  const isNew = positions !== null && hasNews(positions, state.attempted)
  return (due !== null && !isServed) || isNew
}

async function queue(
  ctx: Context,
  one: Scheduled,
  version: ServingVersion,
  reason: Reason,
): Promise<string | null> {
  const { trigger, due, positions } = reason
  return withTransaction(async (tx) => {
    if (!(await stillDue(tx, one, reason))) return null
    await saveState(tx, one, {
      refusal: null,
      refusedAt: null,
      ...(due === null ? {} : { scheduledThrough: due }),
      ...(positions === null ? {} : { attempted: positions }),
    })
    return enqueue(tx, ctx, {
      kind: transformationKind,
      title: runTitle(version, trigger),
      input: jobInput(version, trigger, {}),
      resource: { kind: 'group', name: one.group },
      environment: one.environment,
      once: onceName(one),
    })
  })
}

async function scheduleOne(one: Scheduled, signal: AbortSignal): Promise<string | null> {
  if (await isWaiting(one)) return null
  const { group, major, environment, author, transformation } = one
  const system = systemContext({ environment, signal })
  const version = await resolveVersion(system, { group, version: major })
  const inputs = await resolveInputs(system, transformation.inputs)
  const reason = await reasonOf(one, inputs, system)
  if (!reason) return null
  const { runAs, refusal: known } = await stateOf(one)
  const principal = runAs ?? author
  const ctx = await contextAs(principal, environment, signal)
  const refusal = await refusalFor(ctx, principal, version, inputs)
  if (ctx && refusal === null) return queue(ctx, one, version, reason)
  if (refusal !== known) {
    if (ctx) await auditRefusal(ctx, version, inputs)
    await saveState(db(), one, { refusal, refusedAt: system.now().toISOString() })
  }
  return null
}

/**
 * Queues every run that is due: an instant of its schedule has come (one run, however many were missed), or an input
 * holds what no run was started for. Each runs with the rights that its author, or whoever took it over, has now; a
 * refusal is kept for its page. With `inputs`, only those that read one of these. Returns the jobs.
 */
export async function scheduleRuns(signal: AbortSignal, inputs?: readonly string[]): Promise<string[]> {
  const { now } = systemContext()
  const queued: string[] = []
  for (const one of await scheduledVersions(now(), inputs)) {
    if (signal.aborted) break
    try {
      const job = await scheduleOne(one, signal)
      if (job) queued.push(job)
    } catch (error) {
      // One that cannot be scheduled does not hold up the others.
      if (!signal.aborted)
        logger().warn({ err: error, group: one.group }, 'a transformation was not scheduled')
    }
  }
  return queued
}
