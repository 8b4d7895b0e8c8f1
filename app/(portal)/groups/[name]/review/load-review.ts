import type { ReviewPageProps } from '@/components/review/review-page'
import type { Context } from '@/lib/core/context'
import { getReview } from '@/lib/governance'
import { diffVersions, getFeatureGroup, getVersion, impactOf } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'

/** The version of the address; without one, what waits, else the newest. */
function majorOf({ versions }: GroupResource, asked: string | string[] | undefined): number {
  if (typeof asked === 'string' && /^[1-9]\d{0,8}$/.test(asked)) return Number(asked)
  const waiting = versions.find(({ state }) => state === 'in_review' || state === 'draft')
  return waiting?.version ?? versions[0]?.version ?? 1
}

/** A version with what it changes and whom it touches. Errors: `not_found`. */
export async function loadReview(
  ctx: Context,
  name: string,
  asked: string | string[] | undefined,
): Promise<ReviewPageProps> {
  const group = await getFeatureGroup(ctx, name)
  const major = majorOf(group, asked)
  const [version, review] = await Promise.all([getVersion(ctx, name, major), getReview(ctx, name, major)])
  const { compared_with: from } = review
  const diff = from === null ? null : await diffVersions(ctx, name, from, major)
  return {
    review,
    version,
    diff,
    impact: diff?.impact ?? (await impactOf(ctx, name, { change: 'new_version', version: major })),
    description: group.description,
  }
}
