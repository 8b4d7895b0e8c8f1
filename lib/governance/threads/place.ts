import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { getFeatureGroup, getVersion, latestReview, type ReviewRow } from '@/lib/registry'
import { comparedWith } from '../compared-with'
import { versionsOfGroup } from '../queries'

/** A version under review, as the caller may see it. */
export interface ReviewPlace {
  group: string
  groupId: string
  major: number
  review: ReviewRow
  /** Names of the features that the caller may know of, in this version and in the one it follows. */
  features: ReadonlySet<string>
}

/** Features that the caller may know of, in the version and in what it follows: a line of a change may tell of one that goes. */
async function describedIn(ctx: Context, group: string, major: number): Promise<Set<string>> {
  const before = comparedWith(await versionsOfGroup(group), major)
  const majors = before === null ? [major] : [major, before]
  const shown = await Promise.all(majors.map((one) => getVersion(ctx, group, one)))
  return new Set(shown.flatMap(({ features }) => features.map(({ name }) => name)))
}

/** The review of a version; null for one that was never a draft. Errors: `not_found`, masked. */
export async function findReviewPlace(
  ctx: Context,
  group: string,
  major: number,
): Promise<ReviewPlace | null> {
  const [{ id }] = await Promise.all([getFeatureGroup(ctx, group), getVersion(ctx, group, major)])
  const review = await latestReview({ groupId: id, major })
  if (!review) return null
  return { group, groupId: id, major, review, features: await describedIn(ctx, group, major) }
}

/** The review of a version. Errors: `not_found`, masked; `conflict` for a version that was never a draft. */
export async function reviewPlace(ctx: Context, group: string, major: number): Promise<ReviewPlace> {
  const place = await findReviewPlace(ctx, group, major)
  if (!place) throw new DomainError('conflict', `${group}@${major} was never reviewed.`)
  return place
}

/** Whether the caller may know of what a path names: a feature may be stricter than its group. */
export function mayKnowField({ features }: Pick<ReviewPlace, 'features'>, field: string): boolean {
  const [head, name = ''] = field.split('.')
  return head !== 'features' || features.has(name)
}
