import { inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { apiKeys, people } from '@/db/schema'

/** Names of those who read: keys by theirs, people by theirs; whoever is gone by id. */
export async function readerNames(ids: readonly string[]): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return (id) => id
  const [keys, persons] = await Promise.all([
    db().select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, wanted)),
    db().select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, wanted)),
  ])
  const names = new Map([...keys, ...persons].map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? (id === 'system' ? 'Almanac' : id)
}
