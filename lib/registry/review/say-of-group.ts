import { eq } from 'drizzle-orm'
import type { Transaction } from '@/db/client'
import { featureGroups } from '@/db/schema'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { requireNoLess } from '../complete'
import { writeGroupDocuments } from '../group-documents'
import { featuresOf, type GroupRow, lockGroup, versionsOf } from '../queries'
import { reviseTexts } from '../revise-texts'
import { rewriteServicesOf } from '../service-document'
import { statedOf } from '../stated'
import { saidAnew } from './said-anew'

/** A draft is looked at when it is submitted; from then on its group keeps the mandatory fields. */
async function requireFields(tx: Transaction, before: GroupRow, after: GroupRow) {
  const versions = await versionsOf(after.group.id, tx)
  for (const { id } of versions.filter(({ state }) => state !== 'draft' && state !== 'archived')) {
    const features = await featuresOf(id, tx)
    await requireNoLess(tx, { row: before, features }, { row: after, features })
  }
}

/**
 * The one way in which something is newly said of a group that is held, whether it was written, suggested or handed
 * over: it takes force at once, leaves a revision, and voids what was approved of a version in review. Answers the
 * group afterwards. Errors: `invalid` where a mandatory field would go.
 */
export async function sayOfGroup(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  {
    columns,
    decision,
    reason,
  }: { columns: Partial<GroupRow['group']>; decision: Decision; reason?: string | undefined },
): Promise<GroupRow> {
  const at = ctx.now()
  await tx
    .update(featureGroups)
    .set({ ...columns, revision: row.group.revision + 1, updatedAt: at.toISOString() })
    .where(eq(featureGroups.id, row.group.id))
  const changed = await lockGroup(tx, row.group.name)
  await requireFields(tx, row, changed)
  await reviseTexts(tx, ctx, changed, statedOf(row), reason)
  await saidAnew(tx, ctx, changed, { before: statedOf(row), decision })
  await writeGroupDocuments(tx, changed, at)
  await rewriteServicesOf(tx, changed.group.id, at)
  return changed
}
