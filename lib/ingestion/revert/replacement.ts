import { microsFromDate } from '@/lib/core/feature-type'
import { type History, type KeySlice, type NewestRow, offlineStore } from '@/lib/offline'
import type { DatedRow } from '@/lib/online'
import { onlyCommits } from './online-history'

/** The keys that a commit touched, and the newest row that is left for each without it. */
export interface Replacement {
  keys: string[]
  instead: Map<string, DatedRow>
}

export const datedRow = ({ values, ...row }: NewestRow): DatedRow => ({ ...row, v: values ?? '' })

/** `remaining` is the history that counts online when the commit is gone; `all` still holds the commit's files. */
export async function replacementFor(
  all: History,
  remaining: History,
  created: string,
  until: Date,
  signal: AbortSignal,
  slice?: KeySlice,
): Promise<Replacement> {
  const own = onlyCommits(all, [created])
  const keys = await offlineStore().entityKeys(own, slice, signal)
  const instead = new Map<string, DatedRow>()
  const request = {
    history: remaining,
    keysOf: own,
    fromMicros: null,
    untilMicros: microsFromDate(until),
    ...(slice ? { slice } : {}),
  }
  for await (const batch of offlineStore().newestPerKey(request, signal))
    for (const row of batch) instead.set(row.entityKey, datedRow(row))
  return { keys, instead }
}
