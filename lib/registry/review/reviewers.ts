import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { people, reviewDecisions, reviews, roleAssignments, teamMembers } from '@/db/schema'
import type { GroupRow } from '../queries'
import { handsIn, type ReviewRow } from './record'

const mostSuggested = 5

interface SuggestedReviewer {
  id: string
  name: string
  /** How often they decided about this group before. */
  decided: number
}

/** People who review everything, or what this team owns. */
const mayReview = ({ group }: GroupRow) =>
  and(
    eq(roleAssignments.principalId, people.id),
    eq(roleAssignments.role, 'reviewer'),
    or(isNull(roleAssignments.teamId), eq(roleAssignments.teamId, group.ownerTeamId)),
  )

const decidedHere = ({ group }: GroupRow) => sql<number>`(
  select count(*)::int from ${reviewDecisions} join ${reviews} on ${reviews.id} = ${reviewDecisions.reviewId}
  where ${reviews.groupId} = ${group.id} and ${reviewDecisions.by} = ${people.id}
    and ${reviewDecisions.decision} in ('approve', 'request_changes', 'reject'))`

const isMember = ({ group }: GroupRow) => sql`exists (
  select 1 from ${teamMembers} where ${teamMembers.principalId} = ${people.id}
    and ${teamMembers.teamId} = ${group.ownerTeamId})`

/** Whom to ask: reviewers without a hand in the change, first those who know the group, at most five. */
export async function suggestedReviewers(
  row: GroupRow,
  review: ReviewRow,
  executor: Executor = db(),
): Promise<SuggestedReviewer[]> {
  const hands = new Set((await handsIn(review.id, executor)).map(({ principalId }) => principalId))
  const outside = review.approversFrom === 'another_team' ? sql`not ${isMember(row)}` : undefined
  const decided = decidedHere(row)
  const rows = await executor
    .selectDistinct({ id: people.id, name: people.name, decided: decided.as('decided') })
    .from(people)
    .innerJoin(roleAssignments, mayReview(row))
    .where(and(isNull(people.disabledAt), outside))
    .orderBy(sql`decided desc`, people.name)
  return rows.filter(({ id }) => !hands.has(id)).slice(0, mostSuggested)
}

/** People among the ids of everybody with a hand in the change. */
export async function authorsOf(review: ReviewRow, executor: Executor = db()): Promise<string[]> {
  const ids = (await handsIn(review.id, executor)).map(({ principalId }) => principalId)
  if (ids.length === 0) return []
  const rows = await executor.select({ id: people.id }).from(people).where(inArray(people.id, ids))
  return rows.map(({ id }) => id)
}
