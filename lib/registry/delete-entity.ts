import { asc, eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { entities, featureGroups } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { forgetDocumentation } from '@/lib/documentation'
import { announce } from './announce'
import { removeDocuments } from './documents'
import { describedEntity, entityFacts, lockEntity } from './entity-queries'
import { requireMatch } from './if-match'
import { describedUsers, inUse } from './in-use'
import { authorizeWhereItStands } from './service-places'

/** Removes an entity that no group describes. Errors: `conflict` with the groups that do. */
export async function deleteEntity(ctx: Context, name: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'group:delete')
  const described = await describedEntity(ctx, name)
  const facts = entityFacts(described)
  const decision = await authorizeWhereItStands(ctx, 'group:delete', facts)
  await withTransaction(async (tx) => {
    const { entity } = await lockEntity(tx, name)
    requireMatch(ifMatch, entity.revision)
    const users = await tx
      .select({ name: featureGroups.name })
      .from(featureGroups)
      .where(eq(featureGroups.entityId, entity.id))
      .orderBy(asc(featureGroups.name))
    if (users.length > 0)
      throw inUse(
        `Entity ${name}`,
        await describedUsers(
          tx,
          ctx,
          users.map((user) => user.name),
        ),
      )
    await removeDocuments(tx, 'entity', [name])
    await forgetDocumentation(tx, { kind: 'entity', name })
    await tx.delete(entities).where(eq(entities.id, entity.id))
    await record(tx, ctx, {
      action: 'group:delete',
      resource: facts,
      decision,
      before: { name, keys: entity.keys },
      environment: null,
    })
    await announce(tx, { kind: 'entity', name })
  })
}
