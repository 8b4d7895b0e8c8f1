import { asc, eq } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { changeSetItems, changeSets, featureGroups, reviews } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { describedVersions } from '../queries'
import { type Candidate, candidatesOf } from '../waiting'

export type ChangeSetRow = typeof changeSets.$inferSelect

export const setEtag = ({ revision }: Pick<ChangeSetRow, 'revision'>) => `"${revision}"`

/** The versions of a set by name, whoever asks. */
export async function itemsOf(
  setId: string,
  executor: Executor = db(),
): Promise<{ group: string; groupId: string; major: number; reviewId: string; approvalsNeeded: number }[]> {
  return executor
    .select({
      group: featureGroups.name,
      groupId: featureGroups.id,
      major: reviews.major,
      reviewId: reviews.id,
      approvalsNeeded: reviews.approvalsNeeded,
    })
    .from(changeSetItems)
    .innerJoin(reviews, eq(reviews.id, changeSetItems.reviewId))
    .innerJoin(featureGroups, eq(featureGroups.id, reviews.groupId))
    .where(eq(changeSetItems.changeSetId, setId))
    .orderBy(asc(changeSetItems.position))
}

export interface SeenSet {
  set: ChangeSetRow
  /** The versions that the caller may know of, in the order of the set; those that became revisions are not there. */
  candidates: Candidate[]
  /** By name, as far as the caller may know of them. */
  names: { group: string; major: number }[]
  /** Whether the caller may know of all of it: who may not, decides nothing. */
  isWhole: boolean
}

/** A set as the caller may see it. Errors: `not_found` for one of which they may know nothing. */
export async function seenSet(ctx: Context, id: string): Promise<SeenSet> {
  const [set] = await db().select().from(changeSets).where(eq(changeSets.id, id))
  if (!set) throw notFound('The change set')
  const items = await itemsOf(id)
  const { groups, versions } = await describedVersions(ctx, items)
  const names = items.filter(({ groupId }) => groups.has(groupId))
  const isOwn = set.createdBy === ctx.actor.id
  if (names.length === 0 && !isOwn) throw notFound('The change set')
  return {
    set,
    candidates: await candidatesOf(ctx, versions),
    names,
    isWhole: names.length === items.length,
  }
}
