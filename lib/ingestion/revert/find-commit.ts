import { and, eq, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db, type Executor } from '@/db/client'
import { commits, featureGroups, featureGroupVersions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { isStorableText } from '@/lib/core/text'
import { resolveVersion, type ServingVersion } from '@/lib/registry'

export type CommitRow = typeof commits.$inferSelect

/** A commit with the one that it reverts and the one that reverted it. */
export interface LinkedCommit {
  commit: CommitRow
  reverts: CommitRow | null
  revertedBy: CommitRow | null
  /** Of the rows that were kept out of it: those still held. */
  held: number
}

const target = alias(commits, 'target')
const reverting = alias(commits, 'reverting')

const stillHeld = sql<number>`case when ${commits.quarantined} = 0 then 0 else (
  select count(*)::int from quarantined_rows as held where held.version_id = ${commits.versionId}
    and held.environment = ${commits.environment} and held.state = 'held' and held.commit_id = ${commits.id}) end`

/** Commits with their links; the caller orders and limits. */
export const linkedCommits = (executor: Executor, where: SQL | undefined) =>
  executor
    .select({ commit: commits, reverts: target, revertedBy: reverting, held: stillHeld })
    .from(commits)
    .leftJoin(target, eq(target.id, commits.reverts))
    .leftJoin(reverting, eq(reverting.id, commits.revertedBy))
    .where(where)

const looksLikeId = /^[0-9a-f]{32}$/

async function majorOf(ctx: Context, group: string, id: string): Promise<number | null> {
  // What no id or name can be is not asked for: the database refuses some texts.
  if (!looksLikeId.test(id) || !isStorableText(group)) return null
  const [row] = await db()
    .select({ major: featureGroupVersions.major })
    .from(commits)
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, commits.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(and(eq(commits.id, id), eq(featureGroups.name, group), eq(commits.environment, ctx.environment)))
  return row?.major ?? null
}

/** A commit of a group in the context's environment. Errors: not_found naming the group or the commit. */
export async function findCommit(
  ctx: Context,
  group: string,
  id: string,
): Promise<LinkedCommit & { version: ServingVersion }> {
  const major = await majorOf(ctx, group, id)
  const version = await resolveVersion(ctx, major === null ? { group } : { group, version: major })
  const [found] = major === null ? [] : await linkedCommits(db(), eq(commits.id, id))
  if (!found) throw notFound(`Commit ${id.slice(0, 80)} of ${group} in environment ${ctx.environment}`)
  return { ...found, version }
}
