import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { ReviewAct } from './operations'
import { approvalBarOf, type Candidate, mayStep } from './waiting'

export const actOf = (act: ReviewAct['act'], environment: string | null, decision: Decision): ReviewAct => ({
  act,
  environment,
  allowed: decision.allowed,
  rule: decision.rule,
  who_can_help: decision.whoCanHelp,
})

/** Who did not create it, and is refused as its author, hears why: a suggestion of theirs stands in it, or an edit. */
const withHand = (decision: Decision, { row, callerIds }: Candidate): Decision =>
  decision.policies.includes('four-eyes') && !callerIds.includes(row.version.createdBy)
    ? { ...decision, rule: `You had a hand in it. ${decision.rule}` }
    : decision

/** In review: who may decide, and who may take it back. */
export function decisionsOn(ctx: Context, candidate: Candidate): ReviewAct[] {
  const decision = withHand(mayStep(ctx, candidate, 'approve'), candidate)
  const bar = decision.allowed ? approvalBarOf(ctx, candidate) : null
  return [
    actOf('approve', null, bar === null ? decision : { ...decision, allowed: false, rule: bar }),
    actOf('request_changes', null, decision),
    actOf('reject', null, decision),
    actOf('withdraw', null, mayStep(ctx, candidate, 'submit')),
  ]
}
