import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Executor, withTransaction } from '@/db/client'
import { commitFiles, commits, mergedFiles, versionEnvironments } from '@/db/schema'
import { parseEventTime } from '@/lib/core/feature-type'
import { isoInstant, type ServingVersion } from '@/lib/registry'
import type { HiddenCommit, History, HistoryFile } from './port'

const microsOf = (created: string): bigint => parseEventTime(isoInstant(created)) ?? 0n

async function singleFiles(executor: Executor, version: ServingVersion): Promise<HistoryFile[]> {
  const rows = await executor
    .select({ path: commitFiles.path, commit: commits.id, created: commits.created })
    .from(commits)
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(
      and(
        eq(commits.versionId, version.versionId),
        eq(commits.environment, version.environment),
        isNull(commitFiles.mergedInto),
      ),
    )
    .orderBy(asc(commits.created))
  return rows.map(({ path, commit, created }) => ({ path, commit, createdMicros: microsOf(created) }))
}

async function filesOfSeveral(executor: Executor, version: ServingVersion): Promise<HistoryFile[]> {
  const rows = await executor
    .select({
      path: mergedFiles.path,
      id: mergedFiles.id,
      first: mergedFiles.firstCreated,
      last: mergedFiles.lastCreated,
    })
    .from(mergedFiles)
    .where(
      and(
        eq(mergedFiles.versionId, version.versionId),
        eq(mergedFiles.environment, version.environment),
        isNull(mergedFiles.mergedInto),
      ),
    )
  return rows.map(({ path, id, first, last }) => ({
    path,
    commit: id,
    createdMicros: microsOf(last),
    firstMicros: microsOf(first),
  }))
}

const hidden = alias(commits, 'hidden')
const restoring = alias(commits, 'restoring')

/** Each time that a revert hid a commit, from its `created` to that of the commit which took it back. */
async function hiddenCommits(executor: Executor, version: ServingVersion): Promise<HiddenCommit[]> {
  const rows = await executor
    .select({ created: hidden.created, from: commits.created, to: restoring.created })
    .from(commits)
    .innerJoin(hidden, and(eq(hidden.id, commits.reverts), ne(hidden.kind, 'revert')))
    .leftJoin(restoring, eq(restoring.id, commits.revertedBy))
    .where(
      and(
        eq(commits.versionId, version.versionId),
        eq(commits.environment, version.environment),
        eq(commits.kind, 'revert'),
      ),
    )
  return rows.map(({ created, from, to }) => ({
    createdMicros: microsOf(created),
    fromMicros: microsOf(from),
    toMicros: to === null ? null : microsOf(to),
  }))
}

/** Waits for the commits that have their `created` already: their rows belong to any later instant. */
const waitForOpenCommits = (executor: Executor, { versionId, environment }: ServingVersion) =>
  executor
    .select({ one: sql`1` })
    .from(versionEnvironments)
    .where(
      and(eq(versionEnvironments.versionId, versionId), eq(versionEnvironments.environment, environment)),
    )
    .for('share')

/** The history as this transaction sees it, under the group's lock or in a snapshot: see `historyOf`. */
export async function historyIn(executor: Executor, version: ServingVersion): Promise<History> {
  return {
    schema: { keys: version.keys, eventTime: version.timestampKey, features: version.features },
    files: [...(await singleFiles(executor, version)), ...(await filesOfSeveral(executor, version))],
    hidden: await hiddenCommits(executor, version),
  }
}

/**
 * The committed history of a version as its environment has it now, with what was hidden when. `settled` first waits
 * for commits that are under way, so that a read at a fixed instant gives the same rows ever after.
 */
export async function historyOf(version: ServingVersion, settled = false): Promise<History> {
  if (settled) await withTransaction((tx) => waitForOpenCommits(tx, version))
  // One snapshot: between two statements a merge could move rows from the file that is listed to the one that is not.
  return withTransaction((tx) => historyIn(tx, version), { isolationLevel: 'repeatable read' })
}
