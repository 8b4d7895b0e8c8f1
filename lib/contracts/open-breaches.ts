import { and, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { contractBreaches as breach, catalogDocuments as document, featureGroups as group } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isoInstant } from '@/lib/registry'

/** A group whose contract is broken now, in the caller's environment. */
interface BrokenGroup {
  group: string
  /** How many terms; of features those that the caller may know of. */
  terms: number
  /** Some of them fails, not only warns. */
  fails: boolean
  /** RFC 3339, UTC: the last time that it was. */
  last: string
}

/** What is broken of the groups of the caller's teams, the latest first. */
export async function brokenGroupsOfTeams(ctx: Context, limit: number): Promise<BrokenGroup[]> {
  const teams = ctx.actor.teams.map(({ teamId }) => teamId)
  if (teams.length === 0) return []
  const last = sql<string>`max(${breach.lastAt})::text`
  const rows = await db()
    .select({
      group: group.name,
      terms: sql<number>`count(distinct ${breach.term})::int`,
      fails: sql<boolean>`bool_or(${breach.severity} = 'fail')`,
      last,
    })
    .from(group)
    .innerJoin(breach, and(eq(breach.groupId, group.id), isNull(breach.closedAt)))
    .leftJoin(
      document,
      and(eq(document.kind, 'feature'), eq(document.name, sql`${group.name} || ':' || ${breach.feature}`)),
    )
    .where(
      and(
        inArray(group.ownerTeamId, teams),
        eq(breach.environment, ctx.environment),
        visible(ctx, {
          teamId: group.ownerTeamId,
          classification: group.classification,
          groupId: group.id,
        }),
        or(
          isNull(breach.feature),
          visible(ctx, {
            teamId: document.teamId,
            classification: document.classification,
            groupId: document.groupId,
          }),
        ),
      ),
    )
    .groupBy(group.name)
    .orderBy(desc(sql`max(${breach.lastAt})`), group.name)
    .limit(limit)
  return rows.map((row) => ({ ...row, last: isoInstant(row.last) }))
}
