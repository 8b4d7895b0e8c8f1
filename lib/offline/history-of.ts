import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { type Executor, withTransaction } from '@/db/client'
import { commitFiles, commits, versionEnvironments } from '@/db/schema'
import { parseEventTime } from '@/lib/core/feature-type'
import { isoInstant, type ServingVersion } from '@/lib/registry'
import type { History } from './port'

async function filesOf(
  executor: Executor,
  { versionId, environment }: ServingVersion,
): Promise<History['files']> {
  const rows = await executor
    .select({ path: commitFiles.path, commit: commits.id, created: commits.created })
    .from(commits)
    .innerJoin(commitFiles, eq(commitFiles.commitId, commits.id))
    .where(
      and(eq(commits.versionId, versionId), eq(commits.environment, environment), isNull(commits.revertedBy)),
    )
    .orderBy(asc(commits.created))
  return rows.map(({ path, commit, created }) => ({
    path,
    commit,
    createdMicros: parseEventTime(isoInstant(created)) ?? 0n,
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

/**
 * The committed history of a version as its environment has it now. `settled` first waits for commits that are under
 * way, so that a read at a fixed instant gives the same rows ever after.
 */
export function historyOf(version: ServingVersion, settled = false): Promise<History> {
  return withTransaction(async (tx) => {
    if (settled) await waitForOpenCommits(tx, version)
    return {
      schema: { keys: version.keys, eventTime: version.timestampKey, features: version.features },
      files: await filesOf(tx, version),
    }
  })
}
