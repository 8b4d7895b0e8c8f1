import { and, asc, eq, isNotNull, isNull, lte } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import {
  changeSets,
  featureGroups,
  featureGroupVersions as groupVersions,
  people,
  reviews,
  roleAssignments,
  teamMembers,
} from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { type Repeated, repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'
import { notify } from '@/lib/notify'
import { isoInstant, reviewSetting, suggestedReviewers } from '@/lib/registry'
import { readSetting } from '@/lib/settings'
import { versionsOfGroup } from './queries'
import { reviewPath } from './review-path'

const hourMs = 3_600_000
const tickMilliseconds = 60_000
const mostAtOnce = 200

type Waiting = Awaited<ReturnType<typeof waiting>>[number]

/** Reviews in review whose deadline is not after `until` and of which this was not told yet, the most urgent first. */
const waiting = (until: Date, column: typeof reviews.remindedAt) =>
  db()
    .select({ review: reviews, group: featureGroups.name, teamId: featureGroups.ownerTeamId })
    .from(reviews)
    .innerJoin(featureGroups, eq(featureGroups.id, reviews.groupId))
    .innerJoin(
      groupVersions,
      and(eq(groupVersions.groupId, reviews.groupId), eq(groupVersions.major, reviews.major)),
    )
    .where(
      and(
        eq(reviews.state, 'open'),
        eq(groupVersions.state, 'in_review'),
        isNotNull(reviews.dueAt),
        lte(reviews.dueAt, until.toISOString()),
        isNull(column),
      ),
    )
    .orderBy(asc(reviews.dueAt), asc(reviews.id))
    .limit(mostAtOnce)

/** Whom a late review is told besides its reviewers: who looks after the team, and who looks after everything. */
async function supervisors(tx: Transaction, teamId: string): Promise<string[]> {
  const maintainers = await tx
    .select({ id: teamMembers.principalId })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.membership, 'maintainer')))
  const administrators = await tx
    .selectDistinct({ id: people.id })
    .from(people)
    .innerJoin(roleAssignments, eq(roleAssignments.principalId, people.id))
    .where(and(eq(roleAssignments.role, 'administrator'), isNull(roleAssignments.teamId)))
  return [...maintainers, ...administrators].map(({ id }) => id)
}

/** What is told of a review; of a change set, of the set, and once. */
async function subjectOf(tx: Transaction, { review, group }: Waiting) {
  const submitted = review.submittedAt ?? review.createdAt
  if (review.changeSetId === null)
    return {
      name: `${group}@${review.major}`,
      href: reviewPath(group, review.major),
      key: `${review.id}:${submitted}`,
    }
  const [set] = await tx.select().from(changeSets).where(eq(changeSets.id, review.changeSetId))
  return {
    name: `the change set “${set?.title ?? ''}”`,
    href: `/governance/change-sets/${review.changeSetId}`,
    key: review.changeSetId,
  }
}

async function reviewersOf(tx: Transaction, { review, group }: Waiting): Promise<string[]> {
  const row = (await versionsOfGroup(group, tx)).find(({ version }) => version.major === review.major)
  return row ? (await suggestedReviewers({ ...row, entity: null }, review, tx)).map(({ id }) => id) : []
}

async function tell(ctx: Context, one: Waiting, stage: 'reminder' | 'escalation'): Promise<void> {
  const column = stage === 'reminder' ? reviews.remindedAt : reviews.escalatedAt
  const at = ctx.now().toISOString()
  await withTransaction(async (tx) => {
    const claimed = await tx
      .update(reviews)
      .set(stage === 'reminder' ? { remindedAt: at } : { escalatedAt: at })
      .where(and(eq(reviews.id, one.review.id), isNull(column)))
      .returning({ id: reviews.id })
    // Another process was faster.
    if (claimed.length === 0) return
    const { name, href, key } = await subjectOf(tx, one)
    const late = stage === 'escalation'
    await notify(tx, ctx, {
      kind: 'review_due',
      to: {
        people: [...(await reviewersOf(tx, one)), ...(late ? await supervisors(tx, one.teamId) : [])],
      },
      asset: { kind: 'group', name: one.group },
      title: late ? `The review of ${name} is late` : `The review of ${name} is due`,
      body: `To be decided by ${isoInstant(one.review.dueAt ?? at)}.`,
      href,
      once: `review-${stage}:${key}`,
    })
  })
}

/**
 * Reminds reviewers of what has to be decided soon, and tells those above them of what is late, once each. Returns how
 * many reviews were told of.
 */
export async function remindOfDeadlines(
  ctx: Context = systemContext(),
  signal?: AbortSignal,
): Promise<{ reminded: number; escalated: number }> {
  const policy = await readSetting(db(), reviewSetting)
  const now = ctx.now()
  const soon = new Date(now.getTime() + policy.remind_hours_before * hourMs)
  const [due, late] = [await waiting(soon, reviews.remindedAt), await waiting(now, reviews.escalatedAt)]
  for (const one of due) {
    signal?.throwIfAborted()
    await tell(ctx, one, 'reminder')
  }
  for (const one of late) {
    signal?.throwIfAborted()
    await tell(ctx, one, 'escalation')
  }
  return { reminded: due.length, escalated: late.length }
}

/** Looks each minute for reviews that are due or late. */
export const startDeadlines = (): Repeated =>
  repeat(tickMilliseconds, 'reminders of reviews wait', (signal) =>
    remindOfDeadlines(systemContext(), signal),
  )
