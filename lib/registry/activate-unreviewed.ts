import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import type { FeatureRow, VersionRow } from './definition'
import { inheritedBy, isLooserThan } from './inherited'
import { environmentsOf, type GroupRow, versionsOf } from './queries'
import { recordRevision } from './record-revision'
import { needsReview, strictestOf } from './rules'
import { promoteIn, updateVersion } from './version-writes'

interface Submitted {
  row: GroupRow
  version: VersionRow
  features: FeatureRow[]
  reason: string | undefined
}

/**
 * The first version of a group that nobody has to review waited for its mandatory fields alone: once they are there
 * it serves. Null when a second person decides.
 */
export async function activateUnreviewed(
  tx: Transaction,
  ctx: Context,
  { row, version, features, reason }: Submitted,
): Promise<VersionRow | null> {
  if (needsReview(strictestOf(row, features), 'first')) return null
  if ((await versionsOf(row.group.id, tx)).length > 1) return null
  if (isLooserThan(row.group, await inheritedBy(tx, version.transformation))) return null
  const active = await updateVersion(tx, version.id, {
    state: 'active',
    activatedAt: ctx.now().toISOString(),
  })
  for (const { environment } of await environmentsOf([version.id], tx))
    await promoteIn(tx, ctx, active, environment)
  await recordRevision(tx, ctx, row, active, { reason })
  return active
}
