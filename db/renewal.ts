import { setTimeout as wait } from 'node:timers/promises'
import { logger } from '@/lib/core/logger'
import { whenClosing } from './client'

const pauseMilliseconds = 400

/**
 * Calls `round` again and again, with a pause before each, until it says that nothing is in use any more, fails, or the
 * database is closed. What it returns starts this, unless it runs already: call it whenever something comes into use.
 */
export function renewal(name: string, round: () => Promise<boolean>): () => void {
  let isRunning = false
  let end = new AbortController()
  const close = async () => end.abort()
  const run = async (signal: AbortSignal) => {
    for (let isInUse = true; isInUse; isInUse = await round())
      await wait(pauseMilliseconds, undefined, { ref: false, signal })
  }
  return () => {
    if (isRunning) return
    isRunning = true
    end = new AbortController()
    whenClosing(close)
    run(end.signal)
      .catch((error: unknown) =>
        logger().debug({ err: error, name }, 'what is kept is not asked again ahead of time'),
      )
      .finally(() => {
        isRunning = false
      })
  }
}
