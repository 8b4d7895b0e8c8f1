import { and, desc, eq } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { changeSetItems, changeSets, reviews } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { offsetOf, pageOf } from '@/lib/registry'
import type { listChangeSetsQuery } from '../change-set-operations'
import { describedGroups } from '../queries'
import { summaryOf } from './get-change-set'

/** Sets of whose versions the caller may know at least one, newest first. */
export async function listChangeSets(ctx: Context, query: z.output<typeof listChangeSetsQuery>) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(query.cursor)
  const rows = await db()
    .select({ set: changeSets, groupId: reviews.groupId })
    .from(changeSets)
    .innerJoin(changeSetItems, eq(changeSetItems.changeSetId, changeSets.id))
    .innerJoin(reviews, eq(reviews.id, changeSetItems.reviewId))
    .where(and(query.state === undefined ? undefined : eq(changeSets.state, query.state)))
    .orderBy(desc(changeSets.createdAt), desc(changeSets.id))
  const groups = await describedGroups(
    ctx,
    rows.map(({ groupId }) => groupId),
  )
  const counts = new Map<string, { set: (typeof rows)[number]['set']; count: number }>()
  for (const { set, groupId } of rows) {
    if (!groups.has(groupId)) continue
    const found = counts.get(set.id)
    counts.set(set.id, { set, count: (found?.count ?? 0) + 1 })
  }
  const seen = [...counts.values()]
  const page = await Promise.all(
    seen.slice(offset, offset + query.limit).map(({ set, count }) => summaryOf(set, count)),
  )
  return pageOf(page, offset, query.limit, seen.length)
}
