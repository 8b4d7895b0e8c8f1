import { logger } from '@/lib/core/logger'
import { listenToCommits } from '../events'
import { scheduleRuns } from './schedule-runs'

/** Files are looked at this often; commits are heard of at once. */
const tickMilliseconds = 5000
/** A burst of commits is one look. */
const settleMilliseconds = 250

/** Queues runs as they fall due, until it is stopped. */
export async function startScheduler(): Promise<{ stop: () => Promise<void> }> {
  const stopping = new AbortController()
  let busy: Promise<unknown> | null = null
  let soon: NodeJS.Timeout | null = null
  const tick = () => {
    busy ??= scheduleRuns(stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) logger().warn({ err: error }, 'schedules are waiting')
      })
      .finally(() => {
        busy = null
      })
  }
  const tickSoon = () => {
    soon ??= setTimeout(() => {
      soon = null
      tick()
    }, settleMilliseconds)
  }
  const listener = await listenToCommits(tickSoon, tickSoon)
  const timer = setInterval(tick, tickMilliseconds)
  return {
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      if (soon) clearTimeout(soon)
      await listener.stop()
      await busy
    },
  }
}
