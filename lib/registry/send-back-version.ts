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

interface Ending {
  action: 'version:approve' | 'version:submit'
  decision: SendingBack['decision']
  /** As a refusal says what could not be done: "sent back". */
  done: string
  what: string
  /** Before the reason, in the audit log. */
  noted: string
  /** What becomes of the version. */
  leave: (
    tx: Transaction,
    ctx: Context,
    version: VersionRow,
    ended: { group: string; reason: string },
  ) => Promise<VersionRow>
}

type EndReview = (
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
  options?: DecisionOptions,
) => Promise<VersionResource>

const ending =
  ({ action, decision, done, what, noted, leave }: Ending): EndReview =>
  async (ctx, group, major, body, options = {}) => {
    await authorizeAct(ctx, action)
    const { reason } = parseInput(reasonedActInput, body)
    return actOnVersion(ctx, {
      action,
      group,
      major,
      reason: `${noted}: ${reason}`,
      apply: async (tx, row, version) => {
        requireState(row, version, done, ['in_review'])
        await close(tx, ctx, { row, version }, { decision, what, reason, options })
        return leave(tx, ctx, version, { group, reason })
      },
    })
  }

const asDraft: Ending['leave'] = (tx, _, version) => updateVersion(tx, version.id, { state: 'draft' })

/** Sends a version in review back to its author as a draft, with the reason; it can be submitted again. */
export const requestChanges = ending({
  action: 'version:approve',
  decision: 'request_changes',
  done: 'sent back',
  what: 'asks for changes of',
  noted: 'Changes requested',
  leave: asDraft,
})

/**
 * Refuses a version in review for good: it is kept, archived, and can be read; it is not submitted or restored again.
 * Its definition can be brought back as a new version.
 */
export const rejectVersion = ending({
  action: 'version:approve',
  decision: 'reject',
  done: 'rejected',
  what: 'rejected',
  noted: 'Rejected',
  leave: async (tx, ctx, version, { group, reason }) => {
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

/** Takes a submission back: the version is a draft again. Its team's producers may, the author among them. */
export const withdrawVersion = ending({
  action: 'version:submit',
  decision: 'withdraw',
  done: 'withdrawn',
  what: 'withdrew',
  noted: 'Withdrawn',
  leave: asDraft,
})
