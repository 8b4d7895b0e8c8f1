import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { reviewAuthors, reviews, versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { VersionRow } from '../definition'
import { type GroupRow, versionsOf } from '../queries'
import { handsIn, latestReview } from './record'
import { standsFor, withMakers } from './stands-for'

const overlap = (a: readonly string[], b: ReadonlySet<string>) => a.some((id) => b.has(id))

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
  const authors = new Set([
    ...(await withMakers([version.createdBy], executor)),
    ...hands.map(({ principalId }) => principalId),
  ])
  return overlap(await standsFor(ctx.actor, executor), authors) ? ctx.actor.id : version.createdBy
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
  const authors = await withMakers(
    [
      group.createdBy,
      ...standing.map(({ createdBy }) => createdBy),
      ...written,
      ...hands.map(({ id }) => id),
    ],
    executor,
  )
  return overlap(await standsFor(ctx.actor, executor), new Set(authors)) ? ctx.actor.id : group.createdBy
}
