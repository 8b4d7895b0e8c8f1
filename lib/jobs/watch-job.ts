import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '@/lib/core/context'
import { getJob } from './get-job'
import type { JobDetail } from './operations'

const betweenLooksMilliseconds = 500
/** A connection that says nothing is closed by what stands in between. */
const betweenSignsOfLifeMilliseconds = 15_000

const hasEnded = ({ state }: JobDetail) => state !== 'queued' && state !== 'running'
const event = (job: JobDetail) => `event: job\ndata: ${JSON.stringify(job)}\n\n`

/**
 * The job at each change, as server-sent events, until it ends or the caller leaves. The first look is taken before
 * the stream begins, so that a job which is not there is a problem and no stream. Errors: not_found.
 */
export async function watchJob(ctx: Context, id: string): Promise<AsyncGenerator<string>> {
  const first = await getJob(ctx, id)
  return (async function* () {
    let job = first
    let said = ''
    let last = performance.now()
    for (;;) {
      const next = event(job)
      if (next !== said) {
        yield next
        last = performance.now()
      } else if (performance.now() - last > betweenSignsOfLifeMilliseconds) {
        yield ': still there\n\n'
        last = performance.now()
      }
      said = next
      if (hasEnded(job) || ctx.signal.aborted) return
      await wait(betweenLooksMilliseconds, undefined, { signal: ctx.signal }).catch(() => {})
      job = await getJob(ctx, id)
    }
  })()
}
