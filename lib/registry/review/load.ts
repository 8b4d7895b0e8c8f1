import { asc, desc, eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { changeSets, reviewAuthors, reviewDecisions, reviews } from '@/db/schema'
import type { DecisionRow, ReviewRow } from './record'

/** A review with who had a hand in the change and what was decided, oldest first. */
export interface LoadedReview {
  review: ReviewRow
  hands: (typeof reviewAuthors.$inferSelect)[]
  decisions: DecisionRow[]
  /** The set that it is decided with, while it is. */
  changeSet: { id: string; title: string } | null
}

const keyOf = ({ groupId, major }: { groupId: string; major: number }) => `${groupId}@${major}`

async function newestOf(groupIds: string[], executor: Executor): Promise<Map<string, ReviewRow>> {
  const rows = await executor
    .selectDistinctOn([reviews.groupId, reviews.major])
    .from(reviews)
    .where(inArray(reviews.groupId, groupIds))
    .orderBy(reviews.groupId, reviews.major, desc(reviews.createdAt), desc(reviews.id))
  return new Map(rows.map((row) => [keyOf(row), row]))
}

const by = <T, K>(rows: T[], key: (row: T) => K): Map<K, T[]> => {
  const found = new Map<K, T[]>()
  for (const row of rows) {
    const list = found.get(key(row))
    if (list) list.push(row)
    else found.set(key(row), [row])
  }
  return found
}

/** The newest review of each version; a version that never was a draft has none. */
export async function loadReviews(
  versions: readonly { groupId: string; major: number }[],
  executor: Executor = db(),
): Promise<(version: { groupId: string; major: number }) => LoadedReview | null> {
  if (versions.length === 0) return () => null
  const newest = await newestOf([...new Set(versions.map(({ groupId }) => groupId))], executor)
  const wanted = versions.flatMap((one) => newest.get(keyOf(one)) ?? [])
  const ids = wanted.map(({ id }) => id)
  if (ids.length === 0) return () => null
  const sets = [...new Set(wanted.flatMap(({ changeSetId }) => changeSetId ?? []))]
  const [hands, decisions, named] = await Promise.all([
    executor.select().from(reviewAuthors).where(inArray(reviewAuthors.reviewId, ids)),
    executor
      .select()
      .from(reviewDecisions)
      .where(inArray(reviewDecisions.reviewId, ids))
      .orderBy(asc(reviewDecisions.at), asc(reviewDecisions.id)),
    sets.length === 0
      ? []
      : executor
          .select({ id: changeSets.id, title: changeSets.title })
          .from(changeSets)
          .where(inArray(changeSets.id, sets)),
  ])
  const handsBy = by(hands, (one) => one.reviewId)
  const decisionsBy = by(decisions, (one) => one.reviewId)
  const setsBy = new Map(named.map((one) => [one.id, one]))
  return (version) => {
    const review = newest.get(keyOf(version))
    if (!review) return null
    return {
      review,
      hands: handsBy.get(review.id) ?? [],
      decisions: decisionsBy.get(review.id) ?? [],
      changeSet: setsBy.get(review.changeSetId ?? '') ?? null,
    }
  }
}

/** One review by its id. */
export async function findReview(id: string, executor: Executor = db()): Promise<ReviewRow | null> {
  const [row] = await executor.select().from(reviews).where(eq(reviews.id, id))
  return row ?? null
}
