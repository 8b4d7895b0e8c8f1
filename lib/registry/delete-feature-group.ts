import { eq } from 'drizzle-orm'
import { withTransaction } from '@/db/client'
import { featureGroups } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { forgetDocumentation } from '@/lib/documentation'
import { closeEdgesOf } from '@/lib/edges'
import { announce } from './announce'
import { authorizeIn, placesOfGroup } from './authorize-in'
import { deletionRefusal } from './deletion-refusal'
import { removeGroupDocuments } from './documents'
import { requireMatch } from './if-match'
import { describedGroup, groupFacts, lockGroup, versionsOf } from './queries'
import { deleteVersion } from './version-writes'

/**
 * Removes a group that is nothing but a draft without data.
 * Errors: `conflict` with the users otherwise; `precondition_required`, `precondition_failed`, `forbidden`, `not_found`.
 */
export async function deleteFeatureGroup(ctx: Context, name: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'group:delete')
  const described = await describedGroup(ctx, name)
  await authorizeIn(ctx, 'group:delete', groupFacts(described), await placesOfGroup(described.group.id))
  await withTransaction(async (tx) => {
    const locked = await lockGroup(tx, name)
    const { group } = locked
    const places = await placesOfGroup(group.id, tx)
    const decision = await authorizeIn(ctx, 'group:delete', groupFacts(locked), places)
    requireMatch(ifMatch, group.revision)
    const versions = await versionsOf(group.id, tx)
    const refusal = await deletionRefusal(tx, ctx, group)
    if (refusal) throw new DomainError('conflict', refusal.because, { extensions: { users: refusal.users } })
    for (const version of versions) await deleteVersion(tx, version.id)
    await removeGroupDocuments(tx, group.id)
    await closeEdgesOf(tx, { kind: 'group', name }, ctx.now())
    await forgetDocumentation(tx, { kind: 'group', name })
    await tx.delete(featureGroups).where(eq(featureGroups.id, group.id))
    await record(tx, ctx, {
      action: 'group:delete',
      resource: { kind: 'group', name },
      decision,
      before: { name, classification: group.classification, versions: versions.length },
      environment: null,
    })
    await announce(tx, { kind: 'group', name })
  })
}
