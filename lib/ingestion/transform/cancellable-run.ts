import { and, eq, isNotNull } from 'drizzle-orm'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { repeat } from '@/lib/core/repeat'

const lookMilliseconds = 1000

const isCancelled = async (job: string): Promise<boolean> =>
  (await db().$count(jobs, and(eq(jobs.id, job), isNotNull(jobs.cancelRequestedAt)))) > 0

/**
 * Runs `work` for a caller who waits, with a signal that also fires when somebody cancels its job. Errors: conflict then.
 */
export async function cancellable<T>(
  ctx: Context,
  job: string,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const cancelled = new AbortController()
  const looks = repeat(lookMilliseconds, 'a run does not hear whether it is cancelled', async () => {
    if (await isCancelled(job)) cancelled.abort(new DomainError('conflict', 'The run was cancelled.'))
  })
  try {
    return await work({ ...ctx, signal: AbortSignal.any([ctx.signal, cancelled.signal]) })
  } catch (error) {
    throw cancelled.signal.aborted ? cancelled.signal.reason : error
  } finally {
    await looks.stop()
  }
}
