import type { ReviewPageProps } from '@/components/review/review-page'
import type { Context } from '@/lib/core/context'
import { getReview, listReviews, listThreads } from '@/lib/governance'
import { listReviewsQuery } from '@/lib/governance/operations'
import { blameOf, diffVersions, getFeatureGroup, getVersion, impactOf, promotionOf } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'

/** The ETag of a version that was never a draft. */
const noReview = '"0"'

const queueQuery = listReviewsQuery.parse({ limit: 200 })

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
  const [threads, blamed, queue, promotions] = await Promise.all([
    review.etag === noReview ? null : listThreads(ctx, name, major),
    from === null ? [] : (await blameOf(ctx, name, String(from))).fields,
    listReviews(ctx, queueQuery),
    Promise.all(
      review.acts.flatMap(({ act, environment, allowed }) =>
        act === 'promote' && environment !== null && allowed
          ? [promotionOf({ ...ctx, environment }, name, major)]
          : [],
      ),
    ),
  ])
  return {
    review,
    promotions,
    threads: threads?.data ?? null,
    blamed,
    queue: queue.data.filter(({ step }) => step === 'approve'),
    version,
    diff,
    impact: diff?.impact ?? (await impactOf(ctx, name, { change: 'new_version', version: major })),
    description: group.description,
  }
}
