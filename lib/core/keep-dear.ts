import { singleton } from '@/lib/core/singleton'

const keptMs = 60_000
const mostKept = 200

interface Kept {
  until: number
  state: number
  value: unknown
}
const keeper = () => singleton('dearAnswers', () => new Map<string, Kept>())

interface Dear<T> {
  /** Names question and rights. */
  key: string
  /** Of what the rights hang on; what was found in another state, or while changes were not heard (null), is not used. */
  state: () => number | null
  ask: () => Promise<T>
  /** Whether so much was looked at that nobody is to wait for it twice within a minute. */
  isDear: (value: T) => boolean | Promise<boolean>
}

/** What is dear to ask is kept for a minute, what is cheap is always asked anew. */
export async function keepDear<T>({ key, state, ask, isDear }: Dear<T>): Promise<T> {
  const kept = keeper()
  const before = state()
  const found = kept.get(key)
  // The key names the question, and a question has answers of one type.
  if (found && performance.now() < found.until && found.state === before) return found.value as T
  const value = await ask()
  if (before !== null && (await isDear(value)) && before === state()) {
    if (kept.size >= mostKept) kept.clear()
    kept.set(key, { until: performance.now() + keptMs, state: before, value })
  }
  return value
}
