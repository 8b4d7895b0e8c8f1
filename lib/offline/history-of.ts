import { and, asc, eq, gt, isNotNull, isNull, lt, lte, ne, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type Executor, withTransaction } from '@/db/client'
import { commitFiles, commits, mergedFiles, versionEnvironments } from '@/db/schema'
import { parseEventTime } from '@/lib/core/feature-type'
import { isoInstant, type ServingVersion } from '@/lib/registry'
import type { HiddenCommit, History, HistoryFile, ReplacedTimes } from './port'
import { fileCommits, unfiledOf } from './unfiled'

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

const replacing = alias(commits, 'replacing')

/** When a commit was in force, by the times that it was hidden. */
function inForce(createdMicros: bigint, hiddenTimes: readonly HiddenCommit[]) {
  const own = hiddenTimes
    .filter((one) => one.createdMicros === createdMicros)
    .sort((a, b) => (a.fromMicros < b.fromMicros ? -1 : 1))
  const spans: Pick<ReplacedTimes, 'fromMicros' | 'toMicros'>[] = []
  let fromMicros: bigint | null = createdMicros
  for (const one of own) {
    if (fromMicros !== null) spans.push({ fromMicros, toMicros: one.fromMicros })
    fromMicros = one.toMicros
  }
  return fromMicros === null ? spans : [...spans, { fromMicros, toMicros: null }]
}

/** Rows of runs whose window was computed again, for each time that the later commit was in force. */
async function replacedTimes(
  executor: Executor,
  version: ServingVersion,
  hiddenTimes: readonly HiddenCommit[],
): Promise<ReplacedTimes[]> {
  const rows = await executor
    .select({
      created: commits.created,
      least: commits.minEventTime,
      greatest: commits.maxEventTime,
      by: replacing.created,
      after: replacing.replacesAfter,
      until: replacing.replacesUntil,
    })
    .from(replacing)
    .innerJoin(
      commits,
      and(
        eq(commits.versionId, replacing.versionId),
        eq(commits.environment, replacing.environment),
        eq(commits.kind, 'transformation'),
        lt(commits.created, replacing.created),
        gt(commits.maxEventTime, replacing.replacesAfter),
        lte(commits.minEventTime, replacing.replacesUntil),
      ),
    )
    .where(
      and(
        eq(replacing.versionId, version.versionId),
        eq(replacing.environment, version.environment),
        isNotNull(replacing.replacesUntil),
      ),
    )
  return rows.flatMap(({ created, least, greatest, by, after, until }) => {
    if (!least || !greatest || !after || !until) return []
    const times = {
      createdMicros: microsOf(created),
      leastMicros: microsOf(least),
      greatestMicros: microsOf(greatest),
      byMicros: microsOf(by),
      afterMicros: microsOf(after),
      untilMicros: microsOf(until),
    }
    return inForce(times.byMicros, hiddenTimes).map((span) => ({ ...times, ...span }))
  })
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

async function hasTombstones(executor: Executor, version: ServingVersion): Promise<boolean> {
  const [row] = await executor
    .select({ one: sql`1` })
    .from(commits)
    .where(
      and(
        eq(commits.versionId, version.versionId),
        eq(commits.environment, version.environment),
        gt(commits.tombstones, 0),
      ),
    )
    .limit(1)
  return row !== undefined
}

async function listed(executor: Executor, version: ServingVersion) {
  const hiddenTimes = await hiddenCommits(executor, version)
  const unfiled = await unfiledOf(executor, version)
  const history: History = {
    schema: { keys: version.keys, eventTime: version.timestampKey, features: version.features },
    files: [
      ...(await singleFiles(executor, version)),
      ...unfiled.map(({ path, commit, created }) => ({ path, commit, createdMicros: microsOf(created) })),
      ...(await filesOfSeveral(executor, version)),
    ],
    hidden: hiddenTimes,
    replaced: await replacedTimes(executor, version, hiddenTimes),
    noTombstones: !(await hasTombstones(executor, version)),
  }
  return { history, unfiled: unfiled.map(({ commit }) => commit) }
}

/** The history as this transaction sees it, under the group's lock or in a snapshot: see `historyOf`. */
export async function historyIn(executor: Executor, version: ServingVersion): Promise<History> {
  const { history, unfiled } = await listed(executor, version)
  await fileCommits(unfiled)
  return history
}

/**
 * The committed history of a version as its environment has it now, with what was hidden when; small commits become
 * files first. `settled` first waits for commits that are under way, so that a read at a fixed instant gives the same
 * rows ever after.
 */
export async function historyOf(version: ServingVersion, settled = false): Promise<History> {
  if (settled) await withTransaction((tx) => waitForOpenCommits(tx, version))
  // One snapshot: between two statements a merge could move rows from the file that is listed to the one that is not.
  const { history, unfiled } = await withTransaction((tx) => listed(tx, version), {
    isolationLevel: 'repeatable read',
  })
  await fileCommits(unfiled)
  return history
}
