import { repeat } from '@/lib/core/repeat'
import { listenToCommits } from '../events'
import { scheduleRuns } from './schedule-runs'

/** A burst of commits is one look. */
const settleMilliseconds = 250
/** Everything is looked at this often: files and schedules are not heard of. */
const wholeMilliseconds = 5000

/** Queues runs as they fall due, until it is stopped. */
export async function startScheduler(): Promise<{ stop: () => Promise<void> }> {
  const heard = new Set<string>()
  let wholeAt = 0
  const looks = repeat(settleMilliseconds, 'schedules are waiting', async (signal) => {
    const inputs = [...heard]
    heard.clear()
    if (performance.now() < wholeAt) return inputs.length > 0 ? scheduleRuns(signal, inputs) : []
    wholeAt = performance.now() + wholeMilliseconds
    return scheduleRuns(signal)
  })
  const listener = await listenToCommits(
    ({ group }) => heard.add(group),
    () => {
      wholeAt = 0
    },
  )
  return {
    stop: async () => {
      const stopped = looks.stop()
      await listener.stop()
      await stopped
    },
  }
}
