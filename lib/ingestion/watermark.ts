import { and, eq, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { commits } from '@/db/schema'
import { isoOfDatabaseTime } from '@/lib/online'

/**
 * Up to this `created`, every commit of the version is online; null before the first. A commit that is still on its
 * way, or that was kept offline, holds it back.
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
        (select min(${commits.created}) from ${commits} where ${own} and ${commits.onlineState} in ('pending', 'offline_only')),
        'infinity'))`,
    })
    .from(commits)
    .where(own)
  return row?.watermark ? isoOfDatabaseTime(row.watermark) : null
}
