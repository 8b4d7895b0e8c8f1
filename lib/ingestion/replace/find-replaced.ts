import type { Context } from '@/lib/core/context'
import { formatTimestamp } from '@/lib/core/feature-type'
import { historyOf, offlineStore } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { mostRowsInTransaction } from '../newest-rows'
import { microsOf } from '../revert/online-history'
import { type EventTimes, earlierRuns } from '../revert/replaced-rows'

/** What a run replaces of earlier ones: their rows of these event times. */
export interface Replacing extends EventTimes {
  /** The keys with such rows that count now; null: too many for one transaction. */
  keys: string[] | null
}

const later = (a: bigint, b: bigint) => (a > b ? a : b)
const sooner = (a: bigint, b: bigint) => (a < b ? a : b)

/**
 * What stands in a window from earlier runs of the same transformation, before it is replaced; null when no earlier run
 * has rows there. One run of a version works at a time, so that only a revert can change it meanwhile.
 */
export async function findReplaced(
  ctx: Context,
  version: ServingVersion,
  window: EventTimes,
): Promise<Replacing | null> {
  const found = await earlierRuns(version, window)
  if (!found) return null
  const all = await historyOf(version)
  const afterMicros = later(microsOf(window.after), microsOf(found.least) - 1n)
  const untilMicros = sooner(microsOf(window.until), microsOf(found.greatest))
  const times = { after: formatTimestamp(afterMicros), until: formatTimestamp(untilMicros) }
  const history = { ...all, only: found.createds.map(microsOf) }
  const keys: string[] = []
  const request = { history, fromMicros: afterMicros, untilMicros }
  for await (const batch of offlineStore().newestPerKey(request, ctx.signal)) {
    for (const { entityKey } of batch) keys.push(entityKey)
    if (keys.length > mostRowsInTransaction) return { ...times, keys: null }
  }
  return { ...times, keys }
}
