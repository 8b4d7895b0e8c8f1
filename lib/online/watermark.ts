import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { commits } from '@/db/schema'
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
  const [row] = await executor
    .select({
      watermark: sql<string | null>`max(${commits.created}) filter (where ${commits.created} < coalesce(
        (select min(${commits.created}) from ${commits} where ${own} and ${commits.onlineState} in ('pending', 'offline_only') and ${commits.revertedBy} is null),
        'infinity'))`,
    })
    .from(commits)
    .where(own)
  return row?.watermark ? isoOfDatabaseTime(row.watermark) : null
}

/** What a read says when the online half of some of its commits is still on its way. */
export interface OnlinePending {
  state: 'pending'
  /** The earliest of the versions' watermarks; null when one has none yet. */
  watermark: string | null
}

/** Null when everything that was committed is online: the usual case. */
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
        eq(commits.onlineState, 'pending'),
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
