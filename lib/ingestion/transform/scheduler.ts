import { repeat } from '@/lib/core/repeat'
import { listenToCommits } from '../events'
import { scheduleRuns } from './schedule-runs'

/** Files are looked at this often; commits are heard of at once. */
const tickMilliseconds = 5000
/** A burst of commits is one look. */
const settleMilliseconds = 250

/** Queues runs as they fall due, until it is stopped. */
export async function startScheduler(): Promise<{ stop: () => Promise<void> }> {
  const looks = repeat(tickMilliseconds, 'schedules are waiting', scheduleRuns)
  let soon: NodeJS.Timeout | null = null
  const lookSoon = () => {
    soon ??= setTimeout(() => {
      soon = null
      looks.now()
    }, settleMilliseconds)
  }
  const listener = await listenToCommits(lookSoon, lookSoon)
  return {
    stop: async () => {
      const stopped = looks.stop()
      if (soon) clearTimeout(soon)
      await listener.stop()
      await stopped
    },
  }
}
