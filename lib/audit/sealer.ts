import { setTimeout as wait } from 'node:timers/promises'
import { newId } from '@/lib/core/ids'
import { logger } from '@/lib/core/logger'
import { seal } from './seal'

const pauseMilliseconds = 400
/** A row's transaction may commit long after the row's id was made: every so often all rows are looked at. */
const recentMilliseconds = 60 * 60_000
const fullScanMilliseconds = 10 * 60_000

async function run(signal: AbortSignal): Promise<void> {
  let lastFullScan = 0
  while (!signal.aborted) {
    const now = Date.now()
    const isFull = now - lastFullScan >= fullScanMilliseconds
    try {
      await seal(isFull ? '' : newId(now - recentMilliseconds))
      if (isFull) lastFullScan = now
    } catch (error) {
      logger().error({ err: error }, 'the audit chain could not be sealed; trying again')
    }
    await wait(pauseMilliseconds, undefined, { signal }).catch(() => {})
  }
}

/** Seals new audit rows within a second, for as long as the portal runs. What it returns ends it after a last round. */
export async function startSealer(): Promise<() => Promise<void>> {
  const end = new AbortController()
  const running = run(end.signal)
  return async () => {
    end.abort()
    await running
    await seal()
  }
}
