import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { logger } from '@/lib/core/logger'
import { actAs, systemContext } from '@/lib/identity'
import { appendLog, endJob, type JobRow, requeue, saveCheckpoint, saveProgress } from '@/lib/queue'
import type { RunnableJob } from './define-job'

const progressMilliseconds = 250
const firstRetrySeconds = 5

async function contextOf(job: JobRow, signal: AbortSignal): Promise<Context> {
  const actor = await actAs(job.createdBy, job.createdByKey)
  if (!actor)
    throw new DomainError('forbidden', 'Whoever asked for this job is gone, or the key was revoked.')
  return systemContext({ actor, environment: job.environment ?? 'prod', requestId: job.id, signal })
}

/** Progress is for people: what comes faster than they can read is not written. */
function throttled(id: string) {
  let last = 0
  return async (done: number, total: number | null, message: string) => {
    const now = performance.now()
    if (now - last < progressMilliseconds && done !== total) return
    last = now
    await saveProgress(id, { done, total, message })
  }
}

async function attempt(job: JobRow, definition: RunnableJob, signal: AbortSignal) {
  const ctx = await contextOf(job, signal)
  return definition.run(
    {
      id: job.id,
      ctx,
      attempt: job.attempts,
      saved: job.checkpoint,
      checkpoint: (state) => saveCheckpoint(db(), job.id, state),
      progress: throttled(job.id),
      log: (line) => appendLog(job.id, ctx.now(), line),
    },
    job.input,
  )
}

/** What people read of a failure; a defect says no more than its number. */
const textOf = (error: unknown, id: string) =>
  error instanceof DomainError
    ? [error.message, ...(error.details.errors ?? []).slice(0, 10).map(({ reason }) => reason)].join(' ')
    : `It failed by a defect, logged as ${id}.`

async function afterFailure(job: JobRow, definition: RunnableJob, error: unknown, now: Date) {
  const again = error instanceof DomainError && error.code === 'unavailable'
  if (again && job.attempts <= (definition.retries ?? 0)) {
    const wait = firstRetrySeconds * 2 ** (job.attempts - 1)
    await appendLog(job.id, now, `${textOf(error, job.id)} It is tried again in ${wait} s.`)
    return requeue(job.id, new Date(now.getTime() + wait * 1000))
  }
  if (!(error instanceof DomainError)) logger().error({ err: error, job: job.id }, 'a job failed')
  await endJob(job.id, now, { state: 'failed', error: textOf(error, job.id) })
}

/** Why a run is to end before its end. */
export type Stop = 'cancelled' | 'stopping'

/** Runs one claimed job to its end, whatever that is. `signal.reason` is a Stop. */
export async function runJob(job: JobRow, definition: RunnableJob, signal: AbortSignal): Promise<void> {
  const { now } = systemContext()
  try {
    const result = await attempt(job, definition, signal)
    await endJob(job.id, now(), { state: 'succeeded', result })
  } catch (error) {
    if (!signal.aborted) return afterFailure(job, definition, error, now())
    const stop: Stop = signal.reason
    if (stop === 'cancelled') return endJob(job.id, now(), { state: 'cancelled' })
    if (definition.resumable) return requeue(job.id, null)
    await endJob(job.id, now(), { state: 'failed', error: 'The portal stopped while it ran.' })
  }
}
