import type { Context } from '@/lib/core/context'
import { offsetOf, pageOf } from '@/lib/registry'
import { collapseSets } from './collapse-sets'
import type { ListReviewsQuery, ReviewResource } from './operations'
import { waitingVersions } from './queries'
import { candidatesOf, waitingOf } from './waiting'

const urgency = { approve: 0, promote: 1, submit: 2 }

const inOrder = (a: ReviewResource, b: ReviewResource) =>
  Number(b.waits_for_me) - Number(a.waits_for_me) ||
  urgency[a.step] - urgency[b.step] ||
  (a.since < b.since ? -1 : 1)

/** What waits for somebody's next step: first what the caller can take further, then what waits longest. */
export async function listReviews(ctx: Context, query: ListReviewsQuery) {
  const offset = offsetOf(query.cursor)
  const candidates = await candidatesOf(ctx, await waitingVersions(ctx))
  const lines = await collapseSets(candidates.flatMap((candidate) => waitingOf(ctx, candidate) ?? []))
  const waiting = lines.filter((one) => query.waits_for === undefined || one.waits_for_me).sort(inOrder)
  return pageOf(waiting.slice(offset, offset + query.limit), offset, query.limit, waiting.length)
}
