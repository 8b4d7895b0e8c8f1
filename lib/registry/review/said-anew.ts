import type { Transaction } from '@/db/client'
import { record } from '@/lib/audit'
import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { type GroupRow, versionsOf } from '../queries'
import { type Stated, statedChanges, statedOf } from '../stated'
import { changeReview, changeSetOf, openReview, recordHand, voidApprovals } from './record'

/**
 * What is said of a group is part of what is reviewed: while a version of it is in review, whoever says it anew is an
 * author from now on, and approvals of what was said before are void. Nothing where nothing differs.
 */
export async function saidAnew(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  { before, decision }: { before: Stated; decision: Decision },
): Promise<void> {
  const fields = statedChanges(before, statedOf(row)).map(({ field }) => field)
  if (fields.length === 0) return
  const version = (await versionsOf(row.group.id, tx)).find(({ state }) => state === 'in_review')
  if (!version) return
  const review = await openReview(tx, ctx, version)
  await recordHand(tx, ctx, review, 'wrote')
  const voided = await voidApprovals(tx, ctx, review)
  await changeReview(tx, review.id)
  await changeSetOf(tx, review)
  await record(tx, ctx, {
    action: 'group:update',
    resource: { kind: 'group', name: `${row.group.name}@${version.major}` },
    decision,
    reason: `Said anew: ${fields.join(', ')}.${voided > 0 ? ' What was approved before is void.' : ''}`,
    after: { version: version.major, fields, voided_approvals: voided },
    environment: null,
  })
}
