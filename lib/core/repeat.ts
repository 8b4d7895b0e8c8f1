import { logger } from './logger'

/** Work that comes again and again until it is stopped. */
export interface Repeated {
  /** Does it now, unless it is being done. */
  now: () => void
  /** Resolves when nothing of it is left. */
  stop: () => Promise<void>
}

/**
 * Does `work` at once and then each `milliseconds`, never twice at a time. A failure is logged with `whenFailing`, and
 * the next time tries again; once stopped, being interrupted is no failure.
 */
export function repeat(
  milliseconds: number,
  whenFailing: string,
  work: (signal: AbortSignal) => Promise<unknown>,
): Repeated {
  const stopping = new AbortController()
  let busy: Promise<unknown> | null = null
  const now = () => {
    busy ??= work(stopping.signal)
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) logger().warn({ err: error }, whenFailing)
      })
      .finally(() => {
        busy = null
      })
  }
  now()
  const timer = setInterval(now, milliseconds)
  timer.unref()
  return {
    now,
    stop: async () => {
      stopping.abort()
      clearInterval(timer)
      await busy
    },
  }
}
