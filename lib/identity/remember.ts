import { singleton } from '@/lib/core/singleton'
import { generation } from './changes'

const keptMilliseconds = 5_000
const mostKept = 20_000

interface Entry<T> {
  value: Promise<T>
  generation: number
  until: number
}

const entriesOf = <T>(name: string) => singleton(`identity-${name}`, () => new Map<string, Entry<T>>())

const isKept = (entry: Entry<unknown> | undefined, now: number): boolean =>
  entry !== undefined && entry.generation === generation() && now < entry.until

/**
 * Loads by key at most once in five seconds, and anew after any change that this process has heard of. Two
 * callers at once share one load; a failed load is not kept.
 */
export function remember<T>(name: string, key: string, load: () => Promise<T>): Promise<T> {
  const entries = entriesOf<T>(name)
  const now = Date.now()
  const found = entries.get(key)
  if (found && isKept(found, now)) return found.value
  if (entries.size >= mostKept) entries.clear()
  const entry: Entry<T> = { value: load(), generation: generation(), until: now + keptMilliseconds }
  entries.set(key, entry)
  entry.value.catch(() => {
    if (entries.get(key) === entry) entries.delete(key)
  })
  return entry.value
}
