import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { reviewAuthors, reviews, versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { VersionRow } from '../definition'
import { type GroupRow, versionsOf } from '../queries'
import { handsIn, latestReview } from './record'
import { standsFor, withMakers } from './stands-for'

const overlap = (a: readonly string[], b: ReadonlySet<string>) => a.some((id) => b.has(id))

/** The caller, when they, or somebody who stands for them, is among the authors or made a key of one; else the first. */
export async function authorAmong(
  ctx: Context,
  authors: readonly [string, ...string[]],
  executor: Executor = db(),
): Promise<string> {
  const all = new Set(await withMakers(authors, executor))
  return overlap(await standsFor(ctx.actor, executor), all) ? ctx.actor.id : authors[0]
}

/**
 * The author whom four eyes look at, for this caller: the caller, when they, or somebody who stands for them, wrote,
 * submitted or changed the version in any way; else whoever created it.
 */
export async function authorFor(
  ctx: Context,
  version: VersionRow,
  executor: Executor = db(),
): Promise<string> {
  const review = await latestReview(version, executor)
  const hands = review ? await handsIn(review.id, executor) : []
  const written = await revisers(executor, [version.id])
  const ids = hands.map(({ principalId }) => principalId)
  return authorAmong(ctx, [version.createdBy, ...written, ...ids], executor)
}

/** Who wrote or submitted a revision that changed features, not only texts. */
async function revisers(executor: Executor, versionIds: string[]): Promise<string[]> {
  if (versionIds.length === 0) return []
  const isOfFeatures = sql`exists (select from jsonb_array_elements(${versionRevisions.changes}) as one
    where one->>'field' like 'features%')`
  const rows = await executor
    .select({ author: versionRevisions.authorId, submitter: versionRevisions.submittedBy })
    .from(versionRevisions)
    .where(and(inArray(versionRevisions.versionId, versionIds), isOfFeatures))
  return rows.flatMap(({ author, submitter }) => (submitter === null ? [author] : [author, submitter]))
}

/**
 * The author of a group as a whole, for this caller: the caller, when they, or somebody who stands for them, made it or
 * had a hand in any version that is not archived; else whoever created it.
 */
export async function authorOfGroup(
  ctx: Context,
  { group }: GroupRow,
  executor: Executor = db(),
): Promise<string> {
  const versions = await versionsOf(group.id, executor)
  const standing = versions.filter(({ state }) => state !== 'archived')
  const gone = versions.flatMap(({ state, major }) => (state === 'archived' ? [major] : []))
  const hands = await executor
    .selectDistinct({ id: reviewAuthors.principalId })
    .from(reviewAuthors)
    .innerJoin(reviews, eq(reviews.id, reviewAuthors.reviewId))
    .where(and(eq(reviews.groupId, group.id), gone.length > 0 ? notInArray(reviews.major, gone) : undefined))
  const written = await revisers(
    executor,
    standing.map(({ id }) => id),
  )
  const creators = standing.map(({ createdBy }) => createdBy)
  const ids = hands.map(({ id }) => id)
  return authorAmong(ctx, [group.createdBy, ...creators, ...written, ...ids], executor)
}
