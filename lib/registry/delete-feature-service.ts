import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { featureServices, featureServiceVersions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { forgetDocumentation } from '@/lib/documentation'
import { closeEdgesOf } from '@/lib/edges'
import { usageNameOfService } from '@/lib/usage'
import { announce } from './announce'
import { datasetsUsing } from './datasets-using'
import { removeDocuments } from './documents'
import { requireMatch } from './if-match'
import { recentReaders } from './recent-readers'
import { authorizeOnService } from './service-places'
import { lockService } from './service-queries'

/** Who read it in the last 30 days, whoever that is, and what was built from it. */
async function usersOf(tx: Transaction, ctx: Context, name: string): Promise<string[]> {
  const readers = await recentReaders(tx, ctx, { group: usageNameOfService(name) })
  const { datasets, hidden } = await datasetsUsing(ctx, { service: name }, null, tx)
  return [
    ...readers.map((reader) => (reader.kind === 'key' ? `API key ${reader.name}` : reader.name)),
    ...datasets.map(({ name: dataset, version }) => `training dataset ${dataset}@${version}`),
    ...(hidden > 0 ? ['training datasets that you may not see'] : []),
  ]
}

/**
 * Removes a service that nobody reads and nothing was built from, for good.
 * Errors: `conflict` with the users; `precondition_required`, `precondition_failed`, `forbidden`, `not_found`.
 */
export async function deleteFeatureService(
  ctx: Context,
  name: string,
  ifMatch: string | null,
): Promise<void> {
  await authorizeAtAll(ctx, 'service:update')
  const { facts, decision } = await authorizeOnService(ctx, name)
  await withTransaction(async (tx) => {
    const { service } = await lockService(tx, name)
    requireMatch(ifMatch, service.revision)
    const users = await usersOf(tx, ctx, name)
    if (users.length > 0)
      throw new DomainError(
        'conflict',
        `Feature service ${name} is in use (${users.join(', ')}) and stays. What was used is archived.`,
        { extensions: { users } },
      )
    await removeDocuments(tx, 'service', [name])
    await closeEdgesOf(tx, { kind: 'service', name }, ctx.now())
    await tx.delete(featureServiceVersions).where(eq(featureServiceVersions.serviceId, service.id))
    await forgetDocumentation(tx, { kind: 'service', name })
    await tx.delete(featureServices).where(eq(featureServices.id, service.id))
    await record(tx, ctx, {
      action: 'service:update',
      resource: facts,
      decision,
      reason: 'Deleted: nobody used it.',
      before: { name, purpose: service.purpose, owner_team: facts.team },
      after: null,
      environment: null,
    })
    await announce(tx, { kind: 'service', name })
  })
}
