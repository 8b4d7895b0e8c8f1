import { and, eq, isNotNull, ne, or } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { apiKeys } from '@/db/schema'
import type { Actor } from '@/lib/core/context'

/**
 * Every id that stands for who acts. A key acts as its owner, but whoever made it holds its secret; and whoever made
 * any key of a service account can act as that account. Four eyes count all of them as one person.
 */
export async function standsFor(actor: Actor, executor: Executor = db()): Promise<string[]> {
  if (actor.kind !== 'apiKey') return [actor.id]
  const rows = await executor
    .selectDistinct({ id: apiKeys.createdBy })
    .from(apiKeys)
    .where(
      and(
        isNotNull(apiKeys.createdBy),
        // Keys made on the command line are the installation's, which is nobody.
        ne(apiKeys.createdBy, 'system'),
        or(eq(apiKeys.id, actor.keyId), and(eq(apiKeys.ownerKind, 'service'), eq(apiKeys.ownerId, actor.id))),
      ),
    )
  return [...new Set([actor.id, ...rows.flatMap(({ id }) => (id === null ? [] : [id]))])]
}
