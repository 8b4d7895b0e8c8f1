import { db, type Executor } from '@/db/client'
import type { Context } from '@/lib/core/context'
import type { VersionRow } from '../definition'
import { handsIn, latestReview } from './record'
import { standsFor } from './stands-for'

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
  const authors = new Set([version.createdBy, ...hands.map(({ principalId }) => principalId)])
  return overlap(await standsFor(ctx.actor, executor), authors) ? ctx.actor.id : version.createdBy
}
