import { asc, eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { domains, entities, featureGroups } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { describedDomain, domainFacts, lockDomain } from './domain-queries'
import { requireMatch } from './if-match'
import { describedUsers, inUse } from './in-use'
import { authorizeWhereItStands } from './service-places'

async function usersOf(tx: Transaction, ctx: Context, name: string): Promise<string[]> {
  const groups = await tx
    .select({ name: featureGroups.name })
    .from(featureGroups)
    .where(eq(featureGroups.domain, name))
    .orderBy(asc(featureGroups.name))
  const ofEntities = await tx
    .select({ name: entities.name })
    .from(entities)
    .where(eq(entities.domain, name))
    .orderBy(asc(entities.name))
  const described = await describedUsers(
    tx,
    ctx,
    groups.map((group) => group.name),
  )
  return [...described, ...ofEntities.map((entity) => `entity ${entity.name}`)]
}

/** Removes a domain that nothing names. Errors: `conflict` with what does. */
export async function deleteDomain(ctx: Context, name: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'group:delete')
  const facts = domainFacts(await describedDomain(ctx, name))
  const decision = await authorizeWhereItStands(ctx, 'group:delete', facts)
  await withTransaction(async (tx) => {
    const { domain } = await lockDomain(tx, name)
    requireMatch(ifMatch, domain.revision)
    const users = await usersOf(tx, ctx, name)
    if (users.length > 0) throw inUse(`Domain ${name}`, users)
    await tx.delete(domains).where(eq(domains.id, domain.id))
    await record(tx, ctx, {
      action: 'group:delete',
      resource: facts,
      decision,
      before: { name, description: domain.description },
      environment: null,
    })
  })
}
