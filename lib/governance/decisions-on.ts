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

/** In review: who may decide, and who may take it back. */
export function decisionsOn(ctx: Context, candidate: Candidate): ReviewAct[] {
  const decision = mayStep(ctx, candidate, 'approve')
  const bar = decision.allowed ? approvalBarOf(ctx, candidate) : null
  return [
    actOf('approve', null, bar === null ? decision : { ...decision, allowed: false, rule: bar }),
    actOf('request_changes', null, decision),
    actOf('reject', null, decision),
    actOf('withdraw', null, mayStep(ctx, candidate, 'submit')),
  ]
}
