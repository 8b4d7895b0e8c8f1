import type { Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { notify } from '@/lib/notify'
import type { GroupRow } from '../queries'
import type { ReviewRow } from './record'
import { authorsOf, suggestedReviewers } from './reviewers'

const reviewPath = (group: string, major: number) =>
  `/groups/${encodeURIComponent(group)}/review?version=${major}`

const nameOf = ({ group }: GroupRow, { major }: ReviewRow) => `${group.name}@${major}`

const withReason = (reason: string | undefined) => (reason === undefined ? {} : { body: reason })

/** Asks those who can decide. Of a change set one notice stands for all of its versions. */
export async function tellRequested(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  review: ReviewRow,
  reason: string | undefined,
): Promise<void> {
  if (review.changeSetId !== null) return
  const reviewers = await suggestedReviewers(row, review, tx)
  await notify(tx, ctx, {
    kind: 'review_requested',
    to: { people: reviewers.map(({ id }) => id) },
    asset: { kind: 'group', name: row.group.name },
    title: `${ctx.actor.name} asks for a review of ${nameOf(row, review)}`,
    href: reviewPath(row.group.name, review.major),
    ...withReason(reason),
  })
}

/** Tells everybody with a hand in the change what was decided. */
export async function tellDecided(
  tx: Transaction,
  ctx: Context,
  row: GroupRow,
  { review, what, reason }: { review: ReviewRow; what: string; reason: string | undefined },
): Promise<void> {
  if (review.changeSetId !== null) return
  await notify(tx, ctx, {
    kind: 'review_decided',
    to: { people: await authorsOf(review, tx) },
    asset: { kind: 'group', name: row.group.name },
    title: `${ctx.actor.name} ${what} ${nameOf(row, review)}`,
    href: reviewPath(row.group.name, review.major),
    ...withReason(reason),
  })
}
