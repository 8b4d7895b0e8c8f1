import { and, count, countDistinct, desc, eq } from 'drizzle-orm'
import type { PgSelect } from 'drizzle-orm/pg-core'
import type { z } from 'zod'
import { db } from '@/db/client'
import { changeSetItems, changeSets, featureGroups, reviews } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { offsetOf, pageOf } from '@/lib/registry'
import type { listChangeSetsQuery } from '../change-set-operations'
import { summaryOf } from './get-change-set'

const withGroups = <T extends PgSelect>(select: T) =>
  select
    .innerJoin(changeSetItems, eq(changeSetItems.changeSetId, changeSets.id))
    .innerJoin(reviews, eq(reviews.id, changeSetItems.reviewId))
    .innerJoin(featureGroups, eq(featureGroups.id, reviews.groupId))

/** Sets of whose versions the caller may know at least one, newest first. */
export async function listChangeSets(ctx: Context, query: z.output<typeof listChangeSetsQuery>) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const offset = offsetOf(query.cursor)
  const isDescribed = visible(ctx, {
    teamId: featureGroups.ownerTeamId,
    classification: featureGroups.classification,
    groupId: featureGroups.id,
  })
  const wanted = and(isDescribed, query.state === undefined ? undefined : eq(changeSets.state, query.state))
  const rows = await withGroups(db().select({ set: changeSets, count: count() }).from(changeSets).$dynamic())
    .where(wanted)
    .groupBy(changeSets.id)
    .orderBy(desc(changeSets.createdAt), desc(changeSets.id))
    .limit(query.limit)
    .offset(offset)
  const [all] = await withGroups(
    db()
      .select({ total: countDistinct(changeSets.id) })
      .from(changeSets)
      .$dynamic(),
  ).where(wanted)
  const page = await Promise.all(rows.map((row) => summaryOf(row.set, row.count)))
  return pageOf(page, offset, query.limit, all?.total ?? 0)
}
