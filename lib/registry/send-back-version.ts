import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { actOnVersion, authorizeAct, requireState } from './act-on-version'
import type { VersionRow } from './definition'
import { reasonedActInput } from './inputs'
import { leaveOnline } from './leave-online'
import type { GroupRow } from './queries'
import type { VersionResource } from './resources'
import { type DecisionOptions, requireOpenTo } from './review/approvals'
import { changeReview, type DecisionRow, keepDecision, openReview, voidApprovals } from './review/record'
import { tellDecided } from './review/tell'
import { updateVersion } from './version-writes'

interface SendingBack {
  decision: Exclude<DecisionRow['decision'], 'submit' | 'approve'>
  /** As notices say it: "Rita … route_delays@2". */
  what: string
  reason: string
  options: DecisionOptions
}

/** Ends the review's turn: keeps the decision, takes back what was approved, and tells the authors. */
async function close(
  tx: Transaction,
  ctx: Context,
  { row, version }: { row: GroupRow; version: VersionRow },
  { decision, what, reason, options }: SendingBack,
): Promise<void> {
  const open = await openReview(tx, ctx, version)
  requireOpenTo(options, open)
  await keepDecision(tx, ctx, open, decision, reason)
  await voidApprovals(tx, ctx, open)
  const isOver = decision === 'reject'
  const review = await changeReview(tx, open.id, {
    dueAt: null,
    ...(isOver ? { state: 'rejected' as const, closedAt: ctx.now().toISOString() } : {}),
  })
  await tellDecided(tx, ctx, row, { review, what, reason })
  if (!isOver) await changeReview(tx, open.id, { changeSetId: null })
}

/** Sends a version in review back to its author as a draft, with the reason; it can be submitted again. */
export async function requestChanges(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  options: DecisionOptions = {},
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:approve')
  const { reason } = parseInput(reasonedActInput, body)
  return actOnVersion(ctx, {
    action: 'version:approve',
    group,
    major,
    reason: `Changes requested: ${reason}`,
    apply: async (tx, row, version) => {
      requireState(row, version, 'sent back', ['in_review'])
      const what = 'asks for changes of'
      await close(tx, ctx, { row, version }, { decision: 'request_changes', what, reason, options })
      return updateVersion(tx, version.id, { state: 'draft' })
    },
  })
}

/**
 * Refuses a version in review for good: it is kept, archived, and can be read; it is not submitted or restored again.
 * Its definition can be brought back as a new version.
 */
export async function rejectVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  options: DecisionOptions = {},
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:approve')
  const { reason } = parseInput(reasonedActInput, body)
  return actOnVersion(ctx, {
    action: 'version:approve',
    group,
    major,
    reason: `Rejected: ${reason}`,
    apply: async (tx, row, version) => {
      requireState(row, version, 'rejected', ['in_review'])
      await close(tx, ctx, { row, version }, { decision: 'reject', what: 'rejected', reason, options })
      const at = ctx.now().toISOString()
      const rejected = await updateVersion(tx, version.id, {
        state: 'archived',
        archivedAt: at,
        rejectedAt: at,
        archiveReason: `Rejected in review: ${reason}`,
      })
      await leaveOnline(tx, ctx, group, rejected)
      return rejected
    },
  })
}

/** Takes a submission back: the version is a draft again. Its team's producers may, the author among them. */
export async function withdrawVersion(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  options: DecisionOptions = {},
): Promise<VersionResource> {
  await authorizeAct(ctx, 'version:submit')
  const { reason } = parseInput(reasonedActInput, body)
  return actOnVersion(ctx, {
    action: 'version:submit',
    group,
    major,
    reason: `Withdrawn: ${reason}`,
    apply: async (tx, row, version) => {
      requireState(row, version, 'withdrawn', ['in_review'])
      await close(tx, ctx, { row, version }, { decision: 'withdraw', what: 'withdrew', reason, options })
      return updateVersion(tx, version.id, { state: 'draft' })
    },
  })
}
