import { and, asc, count, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import {
  commits,
  featureGroups,
  features,
  featureGroupVersions as groupVersions,
  teams,
  versionEnvironments,
} from '@/db/schema'
import { type Classification, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'

/** A queue that is longer than this is no queue any more. */
const mostLookedAt = 3000

/** From the freest. */
const classOrder = sql`array['public', 'internal', 'confidential', 'restricted']`

const selectVersions = (executor: Executor = db()) =>
  executor
    .select({
      group: featureGroups,
      team: teams.name,
      version: groupVersions,
      // Of the group and its features: a second person is asked for by the strictest.
      strictest: sql<Classification>`(${classOrder})[(
        select max(array_position(${classOrder}, class)) from (
          select ${featureGroups.classification} as class
          union all select ${features.classification} from ${features} where ${features.versionId} = ${groupVersions.id}
        ) classes)]`,
    })
    .from(groupVersions)
    .innerJoin(featureGroups, eq(featureGroups.id, groupVersions.groupId))
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))

export type VersionInGroup = Awaited<ReturnType<typeof selectVersions>>[number]

/** Approved, and newer than what one of its environments serves: its promotion is still to come. */
const waitsForPromotion = sql`exists (
  select 1 from ${versionEnvironments} own
  where own.version_id = ${groupVersions.id} and own.state = 'registered' and not exists (
    select 1 from ${versionEnvironments} served
    join ${groupVersions} later on later.id = served.version_id
    where later.group_id = ${groupVersions.groupId} and served.environment = own.environment
      and served.state = 'promoted' and later.major > ${groupVersions.major}))`

const isMine = (ctx: Context): SQL | undefined =>
  or(
    eq(groupVersions.createdBy, ctx.actor.id),
    inArray(
      featureGroups.ownerTeamId,
      ctx.actor.teams.map(({ teamId }) => teamId),
    ),
  )

/** Versions that wait for their approval and that the caller may know of. */
export const versionsInReview = (ctx: Context): Promise<VersionInGroup[]> =>
  selectVersions()
    .where(
      and(
        visible(ctx, {
          teamId: featureGroups.ownerTeamId,
          classification: featureGroups.classification,
          groupId: featureGroups.id,
        }),
        eq(groupVersions.state, 'in_review'),
      ),
    )
    .orderBy(asc(groupVersions.createdAt), asc(groupVersions.id))
    .limit(mostLookedAt)

/** Versions that wait for a step and that the caller may know of; drafts only of the caller and of their teams. */
export const waitingVersions = (ctx: Context): Promise<VersionInGroup[]> =>
  selectVersions()
    .where(
      and(
        visible(ctx, {
          teamId: featureGroups.ownerTeamId,
          classification: featureGroups.classification,
          groupId: featureGroups.id,
        }),
        or(
          eq(groupVersions.state, 'in_review'),
          and(eq(groupVersions.state, 'draft'), isMine(ctx)),
          and(eq(groupVersions.state, 'active'), waitsForPromotion),
        ),
      ),
    )
    .orderBy(asc(groupVersions.createdAt), asc(groupVersions.id))
    .limit(mostLookedAt)

/** Every version of a group, newest first; the caller has checked that its reader may know of it. */
export const versionsOfGroup = (name: string, executor?: Executor): Promise<VersionInGroup[]> =>
  selectVersions(executor).where(eq(featureGroups.name, name)).orderBy(desc(groupVersions.major))

/** Every version of the groups by the group's id, newest first; whoever asks. */
export async function versionsOfGroups(groupIds: readonly string[]): Promise<Map<string, VersionInGroup[]>> {
  const found = new Map<string, VersionInGroup[]>()
  if (groupIds.length === 0) return found
  const rows = await selectVersions()
    .where(inArray(featureGroups.id, [...groupIds]))
    .orderBy(desc(groupVersions.major))
  for (const row of rows) found.set(row.group.id, [...(found.get(row.group.id) ?? []), row])
  return found
}

/** Those of the groups that the caller may know of. */
async function describedGroups(ctx: Context, groupIds: readonly string[]): Promise<Set<string>> {
  if (groupIds.length === 0) return new Set()
  const rows = await db()
    .select({ id: featureGroups.id })
    .from(featureGroups)
    .where(
      and(
        inArray(featureGroups.id, [...new Set(groupIds)]),
        visible(ctx, {
          teamId: featureGroups.ownerTeamId,
          classification: featureGroups.classification,
          groupId: featureGroups.id,
        }),
      ),
    )
  return new Set(rows.map(({ id }) => id))
}

/** The named versions that the caller may know of, in their order, and the groups of all that they may. */
export async function describedVersions(
  ctx: Context,
  wanted: readonly { groupId: string; major: number }[],
): Promise<{ groups: Set<string>; versions: VersionInGroup[] }> {
  const groups = await describedGroups(
    ctx,
    wanted.map(({ groupId }) => groupId),
  )
  const found = await versionsOfGroups([...groups])
  const versions = wanted.flatMap(
    ({ groupId, major }) => found.get(groupId)?.find(({ version }) => version.major === major) ?? [],
  )
  return { groups, versions }
}

interface VersionEnvironment {
  environment: string
  served: boolean
}

/** Where each version stands, by its id. */
export async function environmentsByVersion(
  ids: readonly string[],
): Promise<Map<string, VersionEnvironment[]>> {
  const found = new Map<string, VersionEnvironment[]>()
  if (ids.length === 0) return found
  const rows = await db()
    .select()
    .from(versionEnvironments)
    .where(inArray(versionEnvironments.versionId, [...ids]))
    .orderBy(asc(versionEnvironments.environment))
  for (const { versionId, environment, state } of rows) {
    found.set(versionId, [...(found.get(versionId) ?? []), { environment, served: state === 'promoted' }])
  }
  return found
}

/** How many commits a version holds, by environment. */
export async function commitCounts(versionId: string): Promise<Map<string, number>> {
  const rows = await db()
    .select({ environment: commits.environment, commits: count() })
    .from(commits)
    .where(eq(commits.versionId, versionId))
    .groupBy(commits.environment)
  return new Map(rows.map((row) => [row.environment, row.commits]))
}
