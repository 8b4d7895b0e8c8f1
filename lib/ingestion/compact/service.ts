import { and, eq, isNull, lt, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { commitFiles, commits, featureGroups, featureGroupVersions } from '@/db/schema'
import { repeat } from '@/lib/core/repeat'
import { systemContext } from '@/lib/identity'
import { mergeableFiles } from './mergeable-files'
import { planRuns, smallBytes } from './plan-runs'
import { removeMergedFiles } from './remove-merged'
import { queueCompaction } from './request-compaction'

/** So many small neighbours are merged without being asked. */
const mostSmallFiles = 64
const tickMilliseconds = 30_000
const ticksBetweenRemovals = 20

const crowded = (most: number) =>
  db()
    .select({
      versionId: commits.versionId,
      environment: commits.environment,
      group: featureGroups.name,
      version: featureGroupVersions.major,
    })
    .from(commitFiles)
    .innerJoin(commits, eq(commits.id, commitFiles.commitId))
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, commits.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(and(isNull(commitFiles.mergedInto), lt(commitFiles.bytes, smallBytes)))
    .groupBy(commits.versionId, commits.environment, featureGroups.name, featureGroupVersions.major)
    .having(sql`count(*) > ${most}`)

/** Queues the merging of every version whose small files have become many. Returns how many it were. */
export async function scheduleCompactions(most = mostSmallFiles): Promise<number> {
  let queued = 0
  for (const { versionId, ...place } of await crowded(most)) {
    const { environment, group, version } = place
    const files = await mergeableFiles(db(), { versionId, environment })
    if (planRuns(files, most).length === 0) continue
    const ctx = systemContext({ environment })
    await queueCompaction(db(), ctx, { group, version, environment, least: most })
    queued++
  }
  return queued
}

/** Keeps histories in few files: queues merges, and deletes what they have replaced when nobody reads it any more. */
export function startCompaction(): { stop: () => Promise<void> } {
  let ticks = 0
  return repeat(tickMilliseconds, 'small files wait to be merged', async () => {
    await scheduleCompactions()
    if (ticks++ % ticksBetweenRemovals === 0) await removeMergedFiles()
  })
}
