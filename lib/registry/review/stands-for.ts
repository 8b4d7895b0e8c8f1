import { and, eq, inArray, isNotNull, ne } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { apiKeys } from '@/db/schema'
import type { Actor } from '@/lib/core/context'

/** Keys made on the command line are the installation's, which is nobody. */
const madeBySomebody = and(isNotNull(apiKeys.createdBy), ne(apiKeys.createdBy, 'system'))

const makersOf = (rows: { id: string | null }[]) => rows.flatMap(({ id }) => (id === null ? [] : [id]))

/**
 * The ids, and everybody who can act as them: whoever made a key of a service account holds its secret, and where a
 * key made that key, whoever made keys of its owner, and so on.
 */
export async function withMakers(ids: readonly string[], executor: Executor = db()): Promise<string[]> {
  const all = new Set(ids)
  for (let next = [...all]; next.length > 0; ) {
    const rows = await executor
      .selectDistinct({ id: apiKeys.createdBy })
      .from(apiKeys)
      .where(and(madeBySomebody, eq(apiKeys.ownerKind, 'service'), inArray(apiKeys.ownerId, next)))
    next = makersOf(rows).filter((id) => !all.has(id))
    for (const id of next) all.add(id)
  }
  return [...all]
}

/**
 * Every id that stands for who acts. A key acts as its owner, but whoever made it holds its secret; and whoever made
 * any key of a service account can act as that account. Four eyes count all of them as one person.
 */
export async function standsFor(actor: Actor, executor: Executor = db()): Promise<string[]> {
  if (actor.kind !== 'apiKey') return [actor.id]
  const rows = await executor
    .select({ id: apiKeys.createdBy })
    .from(apiKeys)
    .where(and(madeBySomebody, eq(apiKeys.id, actor.keyId)))
  return withMakers([actor.id, ...makersOf(rows)], executor)
}
