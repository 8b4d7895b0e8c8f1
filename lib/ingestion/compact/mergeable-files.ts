import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { commitFiles, commits, mergedFiles, unfiledCommits } from '@/db/schema'
import { isoOfDatabaseTime } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import type { Mergeable } from './plan-runs'

type Place = Pick<ServingVersion, 'versionId' | 'environment'>

/** The files that reads of a version open, in commit order. */
export async function mergeableFiles(executor: Executor, place: Place): Promise<Mergeable[]> {
  const single = await executor
    .select({ id: commits.id, path: commitFiles.path, bytes: commitFiles.bytes, created: commits.created })
    .from(commits)
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(
      and(
        eq(commits.versionId, place.versionId),
        eq(commits.environment, place.environment),
        isNull(commitFiles.mergedInto),
        // Neighbours stay neighbours: what comes after a commit without a file waits for that.
        notExists(
          executor
            .select({ one: sql`1` })
            .from(unfiledCommits)
            .where(
              and(
                eq(unfiledCommits.versionId, place.versionId),
                eq(unfiledCommits.environment, place.environment),
                lt(unfiledCommits.created, commits.created),
              ),
            ),
        ),
      ),
    )
  const merged = await executor
    .select()
    .from(mergedFiles)
    .where(
      and(
        eq(mergedFiles.versionId, place.versionId),
        eq(mergedFiles.environment, place.environment),
        isNull(mergedFiles.mergedInto),
      ),
    )
  const files: Mergeable[] = [
    ...single.map(({ created, ...file }) => {
      const at = isoOfDatabaseTime(created)
      return { ...file, kind: 'single' as const, first: at, last: at }
    }),
    ...merged.map(({ id, path, bytes, firstCreated, lastCreated }) => ({
      kind: 'merged' as const,
      id,
      path,
      bytes,
      first: isoOfDatabaseTime(firstCreated),
      last: isoOfDatabaseTime(lastCreated),
    })),
  ]
  return files.sort((a, b) => (a.last === b.last ? (a.path < b.path ? -1 : 1) : a.last < b.last ? -1 : 1))
}
