import { formatTimestamp } from '@/lib/core/feature-type'
import type { OnlineRow } from '@/lib/online'
import type { CheckedRow } from './check-row'

/** Up to here history and online appear in one transaction. */
export const mostRowsInTransaction = 100_000
const mostCharacters = 64 * 1024 * 1024

/** The newest row of each key while it fits in memory; what does not is read back from the written file. */
export interface NewestRows {
  add: (row: CheckedRow) => void
  /** Null when there were too many. */
  rows: () => OnlineRow[] | null
}

type Held = Pick<CheckedRow, 'entityKey' | 'eventTimeMicros' | 'deleted' | 'fragments'>

/** Greater event time, at the same time a tombstone, else the later row. */
const isNewer = (a: Held, b: Held): boolean => {
  if (a.eventTimeMicros !== b.eventTimeMicros) return a.eventTimeMicros > b.eventTimeMicros
  return a.deleted === b.deleted ? true : a.deleted
}

export const onlineRowOf = (row: Held): OnlineRow => ({
  entityKey: row.entityKey,
  eventTime: formatTimestamp(row.eventTimeMicros),
  deleted: row.deleted,
  v: row.fragments,
})

export function newestRows(): NewestRows {
  let newest: Map<string, Held> | null = new Map()
  let added = 0
  let characters = 0
  return {
    add: (row) => {
      if (!newest) return
      added++
      const present = newest.get(row.entityKey)
      if (present && !isNewer(row, present)) return
      const { entityKey, eventTimeMicros, deleted, fragments } = row
      newest.set(entityKey, { entityKey, eventTimeMicros, deleted, fragments })
      characters += fragments.length + entityKey.length
      if (added > mostRowsInTransaction || characters > mostCharacters) newest = null
    },
    rows: () => (newest ? [...newest.values()].map(onlineRowOf) : null),
  }
}
