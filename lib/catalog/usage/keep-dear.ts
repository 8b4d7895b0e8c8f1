import { singleton } from '@/lib/core/singleton'

/** What took longer is not asked again for a minute: a month of a large catalogue has millions of reads. */
const dearMs = 250
const keptMs = 60_000
const mostKept = 200

interface Kept {
  until: number
  state: number
  value: unknown
}
const keeper = () => singleton('dearUsage', () => new Map<string, Kept>())

/**
 * Nobody waits twice within a minute for what was dear to ask; what is cheap is always asked anew. `key` names question
 * and rights; `state` is that of the catalogue: what was found in another one, or while nobody heard of its changes
 * (null), is not used.
 */
export async function keepDear<T>(
  key: string,
  state: () => number | null,
  ask: () => Promise<T>,
  dearFrom = dearMs,
): Promise<T> {
  const kept = keeper()
  const began = performance.now()
  const before = state()
  const found = kept.get(key)
  // The key names the question, and a question has answers of one type.
  if (found && began < found.until && found.state === before) return found.value as T
  const value = await ask()
  const ended = performance.now()
  if (before !== null && before === state() && ended - began >= dearFrom) {
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, { until: ended + keptMs, state: before, value })
  }
  return value
}
