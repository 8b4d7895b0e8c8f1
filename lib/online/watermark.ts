import { and, eq, inArray, isNull, max, or, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { commits, featureGroups, featureGroupVersions, jobs } from '@/db/schema'
import { isoOfDatabaseTime } from './instant'

/**
 * Up to this `created`, every commit of the version is online; null before the first. A commit that is still on its
 * way, or that was kept offline, holds it back, unless it is reverted.
 */
export async function onlineWatermark(
  executor: Executor,
  versionId: string,
  environment: string,
): Promise<string | null> {
  const own = and(eq(commits.versionId, versionId), eq(commits.environment, environment))
  // The first that waits, then the last before it: each one look at an index, however many commits there are.
  const waiting = executor
    .select({ first: sql<string>`min(${commits.created})` })
    .from(commits)
    .where(and(own, inArray(commits.onlineState, ['pending', 'offline_only']), isNull(commits.revertedBy)))
  const [row] = await executor
    .select({ watermark: max(commits.created) })
    .from(commits)
    .where(and(own, sql`${commits.created} < coalesce((${waiting}), 'infinity')`))
  return row?.watermark ? isoOfDatabaseTime(row.watermark) : null
}

/** What a read says when the online half of some of its commits is still on its way. */
export interface OnlinePending {
  state: 'pending'
  /** The earliest of the versions' watermarks; null when one has none yet. */
  watermark: string | null
}

/** Rows that were kept offline, or left with an archived version, and that a materialization brings online now. */
const isMaterializing = sql`${commits.onlineState} = 'offline_only' and exists (
  select 1 from ${jobs}
  join ${featureGroups} on ${featureGroups.name} = ${jobs.resourceName}
  join ${featureGroupVersions} on ${featureGroupVersions.groupId} = ${featureGroups.id}
  where ${jobs.kind} = 'materialize' and ${jobs.state} in ('queued', 'running')
    and ${jobs.environment} = ${commits.environment} and ${featureGroupVersions.id} = ${commits.versionId}
    and (${jobs.input} ->> 'version')::int = ${featureGroupVersions.major})`

/** Null when nothing is on its way online: the usual case. */
export async function onlinePending(
  versionIds: string[],
  environment: string,
): Promise<OnlinePending | null> {
  const pending = await db()
    .selectDistinct({ versionId: commits.versionId })
    .from(commits)
    .where(
      and(
        inArray(commits.versionId, versionIds),
        eq(commits.environment, environment),
        or(eq(commits.onlineState, 'pending'), isMaterializing),
        isNull(commits.revertedBy),
      ),
    )
  if (pending.length === 0) return null
  const marks = await Promise.all(
    pending.map(({ versionId }) => onlineWatermark(db(), versionId, environment)),
  )
  const known = marks.filter((mark) => mark !== null).sort()
  return { state: 'pending', watermark: known.length < marks.length ? null : (known[0] ?? null) }
}
