import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { etagOf } from '../serialize'
import type { DecisionRow, ReviewRow } from './record'

/** Approvals that count for what stands now. */
export const validApprovals = (decisions: readonly DecisionRow[]): DecisionRow[] =>
  decisions.filter((one) => one.decision === 'approve' && one.voidedAt === null)

/** How a caller is called to the rule on who approves, or null when the approval would count. */
export function approvalBar(
  ctx: Context,
  review: Pick<ReviewRow, 'approversFrom'>,
  owner: { teamId: string; team: string },
): string | null {
  if (
    review.approversFrom === 'another_team' &&
    ctx.actor.teams.some(({ teamId }) => teamId === owner.teamId)
  )
    return `A change of this risk is approved by somebody outside the team ${owner.team}.`
  const isReviewer = ctx.actor.roles.some(
    ({ role, teamId }) => role === 'reviewer' && (teamId === null || teamId === owner.teamId),
  )
  if (review.approversFrom === 'reviewers' && !isReviewer)
    return 'A change of this risk is approved by somebody with the role reviewer.'
  return null
}

export interface DecisionOptions {
  /** The ETag of the review that the decision was made on; absent when the caller did not say. */
  ifMatch?: string | null
  /** The change set that is being decided. */
  changeSet?: string
  /** As many people approve all of a set as the riskiest of its versions asks for. */
  approvalsNeeded?: number
}

function requireSeen(ifMatch: string | null, review: ReviewRow): void {
  if (ifMatch === null || ifMatch.trim() === '' || ifMatch.trim() === '*') return
  const now = etagOf(review.revision)
  if (ifMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === now)) return
  throw new DomainError(
    'precondition_failed',
    'The change was edited or decided since you opened it. Look at it as it is now, then decide.',
    { headers: { etag: now } },
  )
}

/**
 * Holds a decision to what its maker saw, and a version of a change set to the set. Errors: `precondition_failed`
 * when the change was edited or decided since; `conflict` for one part of a set.
 */
export function requireOpenTo({ ifMatch = null, changeSet }: DecisionOptions, review: ReviewRow): void {
  if (review.changeSetId !== (changeSet ?? null))
    throw new DomainError(
      'conflict',
      'It was submitted together with other versions: they are decided as one change set.',
      review.changeSetId === null ? {} : { extensions: { change_set: review.changeSetId } },
    )
  requireSeen(ifMatch, review)
}
