import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { changeSets, reviewAuthors, reviewDecisions, reviews } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import { standsFor } from './stands-for'

export type ReviewRow = typeof reviews.$inferSelect
export type Hand = (typeof reviewAuthors.$inferSelect)['hand']

interface VersionKey {
  groupId: string
  major: number
}

const ofVersion = ({ groupId, major }: VersionKey) =>
  and(eq(reviews.groupId, groupId), eq(reviews.major, major))

/** The newest review of a version, open or closed; null for one that never was a draft. */
export async function latestReview(key: VersionKey, executor: Executor = db()): Promise<ReviewRow | null> {
  const [row] = await executor
    .select()
    .from(reviews)
    .where(ofVersion(key))
    .orderBy(desc(reviews.createdAt), desc(reviews.id))
    .limit(1)
  return row ?? null
}

/** The open review of a version, made when there is none; the group's lock is held. */
export async function openReview(tx: Transaction, ctx: Context, key: VersionKey): Promise<ReviewRow> {
  const [open] = await tx
    .select()
    .from(reviews)
    .where(and(ofVersion(key), eq(reviews.state, 'open')))
  if (open) return open
  const { groupId, major } = key
  const at = ctx.now()
  const [made] = await tx
    .insert(reviews)
    .values({ id: newId(at.getTime()), groupId, major, state: 'open', createdAt: at.toISOString() })
    .returning()
  if (!made) throw new Error('An insert returned no row.')
  return made
}

/** Changes a review and raises its revision, its ETag. */
export async function changeReview(
  tx: Transaction,
  id: string,
  change: Partial<typeof reviews.$inferInsert> = {},
): Promise<ReviewRow> {
  const [row] = await tx
    .update(reviews)
    .set({ ...change, revision: sql`${reviews.revision} + 1` })
    .where(eq(reviews.id, id))
    .returning()
  if (!row) throw new Error('An update found no row.')
  return row
}

/** Remembers that somebody had a hand in the change, under every id that stands for them. */
export async function recordHand(
  tx: Transaction,
  ctx: Context,
  { id }: ReviewRow,
  hand: Hand,
  ids?: readonly string[],
): Promise<void> {
  const at = ctx.now().toISOString()
  const principals = ids ?? (await standsFor(ctx.actor, tx))
  await tx
    .insert(reviewAuthors)
    .values(principals.map((principalId) => ({ reviewId: id, principalId, hand, at })))
    .onConflictDoNothing()
}

/** A draft was written: its review is open, whoever wrote it is an author, and what was approved of it is void. */
export async function draftWritten(tx: Transaction, ctx: Context, key: VersionKey): Promise<void> {
  const review = await openReview(tx, ctx, key)
  await recordHand(tx, ctx, review, 'wrote')
  await voidApprovals(tx, ctx, review)
  await changeReview(tx, review.id)
}

/** Ids of everybody who had a hand in a change. */
export const handsIn = async (reviewId: string, executor: Executor = db()) =>
  executor.select().from(reviewAuthors).where(eq(reviewAuthors.reviewId, reviewId))

export type DecisionRow = typeof reviewDecisions.$inferSelect

/** Oldest first. */
export const decisionsOf = (reviewId: string, executor: Executor = db()): Promise<DecisionRow[]> =>
  executor
    .select()
    .from(reviewDecisions)
    .where(eq(reviewDecisions.reviewId, reviewId))
    .orderBy(asc(reviewDecisions.at), asc(reviewDecisions.id))

/** Whether a version was submitted, came back to its author, and was not submitted since. */
export async function cameBack(key: VersionKey): Promise<boolean> {
  const review = await latestReview(key)
  if (!review) return false
  const last = (await decisionsOf(review.id)).at(-1)
  return last?.decision === 'request_changes' || last?.decision === 'withdraw'
}

/**
 * What was approved before is no approval of what stands now; of a set, none of its parts is approved by itself.
 * Returns how many approvals are void by it.
 */
export async function voidApprovals(
  tx: Transaction,
  ctx: Context,
  { id, changeSetId }: ReviewRow,
): Promise<number> {
  const together = tx
    .select({ id: reviews.id })
    .from(reviews)
    .where(changeSetId === null ? eq(reviews.id, id) : eq(reviews.changeSetId, changeSetId))
  const voided = await tx
    .update(reviewDecisions)
    .set({ voidedAt: ctx.now().toISOString() })
    .where(
      and(
        inArray(reviewDecisions.reviewId, together),
        eq(reviewDecisions.decision, 'approve'),
        sql`${reviewDecisions.voidedAt} is null`,
      ),
    )
    .returning({ id: reviewDecisions.id })
  return voided.length
}

/** Whoever looks at the set as a whole is told that it moved on. */
export async function changeSetOf(tx: Transaction, { changeSetId }: ReviewRow): Promise<void> {
  if (changeSetId === null) return
  await tx
    .update(changeSets)
    .set({ revision: sql`${changeSets.revision} + 1` })
    .where(eq(changeSets.id, changeSetId))
}

/** Keeps a decision in the review's history. */
export async function keepDecision(
  tx: Transaction,
  ctx: Context,
  { id }: ReviewRow,
  decision: DecisionRow['decision'],
  reason: string | undefined,
): Promise<void> {
  const at = ctx.now()
  await tx.insert(reviewDecisions).values({
    id: newId(at.getTime()),
    reviewId: id,
    decision,
    by: ctx.actor.id,
    byName: ctx.actor.name,
    standsFor: await standsFor(ctx.actor, tx),
    reason: reason ?? null,
    at: at.toISOString(),
  })
}
