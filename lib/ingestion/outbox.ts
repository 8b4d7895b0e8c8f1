import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm'
import { db, rawClient, withTransaction } from '@/db/client'
import { commitFiles, commits, featureGroups, featureGroupVersions } from '@/db/schema'
import { clockNow } from '@/lib/core/clock'
import { logger } from '@/lib/core/logger'
import { repeat } from '@/lib/core/repeat'
import { singleton } from '@/lib/core/singleton'
import { systemContext } from '@/lib/identity'
import { fileWaiting, historyOf, offlineStore } from '@/lib/offline'
import { applyDatedRows, countAppliedKeys, type DatedRow, isoOfDatabaseTime } from '@/lib/online'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import { applyDueRows } from './due-rows'
import { sharePlace } from './group-lock'
import { finishReplacing } from './replace/finish-replacing'
import { finishRevert } from './revert/finish-revert'
import { countedOf, microsOf } from './revert/online-history'
import { datedRow } from './revert/replacement'
import { sweepStaging } from './sweep'

interface PendingCommit {
  commit: typeof commits.$inferSelect
  group: string
  major: number
}

const pendingCommits = (): Promise<PendingCommit[]> =>
  db()
    .select({ commit: commits, group: featureGroups.name, major: featureGroupVersions.major })
    .from(commits)
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, commits.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(
      and(
        eq(commits.onlineState, 'pending'),
        isNull(commits.revertedBy),
        ne(featureGroupVersions.state, 'archived'),
      ),
    )
    .orderBy(asc(commits.created))

/** Each key of the batch becomes whole online by itself; doing it again changes nothing. */
const applyBatch = (version: ServingVersion, id: string, rows: DatedRow[]): Promise<number | null> =>
  withTransaction(async (tx) => {
    await sharePlace(tx, version)
    const inForce = and(eq(commits.id, id), isNull(commits.revertedBy))
    const [commit] = await tx.select({ id: commits.id }).from(commits).where(inForce).for('share')
    if (!commit) return null
    const client = rawClient(tx)
    // What a crash of the database takes back is applied again: the commit is pending until it is all on the disk.
    await tx.execute(sql`set local synchronous_commit = off`)
    await applyDatedRows(client, version.viewId, rows)
    // Counted afterwards, so that rows which an interrupted run had applied count too.
    const createds = [...new Set(rows.map(({ created }) => created))]
    const keys = rows.map(({ entityKey }) => entityKey)
    const counts = await countAppliedKeys(client, version.viewId, createds, keys)
    return createds.reduce((sum, created) => sum + (counts.get(created) ?? 0), 0)
  })

/** Rows of a commit whose time had come; those of the nearer future stand in a file of their own and wait as jobs. */
async function presentRows(id: string, created: string): Promise<number> {
  const files = await db().select().from(commitFiles).where(eq(commitFiles.commitId, id))
  const present = files.filter(
    ({ maxEventTime }) => maxEventTime === null || isoOfDatabaseTime(maxEventTime) <= created,
  )
  return present.reduce((sum, { rows }) => sum + rows, 0)
}

/** The engine groups as many rows at once, so that a commit of any size takes the same memory. */
const rowsASlice = 1_000_000

/** The online half of what a commit brought, from its rows in the history. */
async function finishRows(version: ServingVersion, { id, created }: PendingCommit['commit']): Promise<void> {
  const history = countedOf(await historyOf(version), [created])
  const rows = await presentRows(id, isoOfDatabaseTime(created))
  let superseded = rows
  const of = Math.max(1, Math.ceil(rows / rowsASlice))
  for (let index = 0; index < of; index++) {
    const request = { history, fromMicros: null, untilMicros: microsOf(created), slice: { index, of } }
    for await (const batch of offlineStore().newestPerKey(request)) {
      const applied = await applyBatch(version, id, batch.map(datedRow))
      // Reverted in between: the revert sees to the rows that went online already.
      if (applied === null) return
      superseded -= applied
    }
  }
  await db()
    .update(commits)
    .set({ superseded: Math.max(0, superseded) })
    .where(eq(commits.id, id))
}

/** Finishes the online half of one commit. */
async function finishCommit({ commit, group, major }: PendingCommit): Promise<void> {
  const ctx = systemContext({ environment: commit.environment, now: clockNow })
  const version = await resolveVersion(ctx, { group, version: major }, commit.environment)
  if (commit.kind === 'revert') await finishRevert(ctx, version, commit)
  else {
    await finishRows(version, commit)
    await finishReplacing(ctx, version, commit)
  }
  await db()
    .update(commits)
    .set({ onlineState: 'done' })
    .where(and(eq(commits.id, commit.id), eq(commits.onlineState, 'pending'), isNull(commits.revertedBy)))
}

/** Finishes what is pending, oldest first. A commit that fails is tried again later. */
async function finishPendingCommits(): Promise<void> {
  for (const pending of await pendingCommits()) {
    try {
      await finishCommit(pending)
    } catch (error) {
      logger().warn(
        { err: error, commit: pending.commit.id },
        'the online half of a commit is not finished; it is tried again',
      )
    }
  }
}

const running = () => singleton<{ now: Promise<void> | null }>('onlineOutbox', () => ({ now: null }))

/** Resolves when everything that is pending now was tried; one run at a time. */
export function finishOnline(): Promise<void> {
  const state = running()
  state.now ??= finishPendingCommits().finally(() => {
    state.now = null
  })
  return state.now
}

/** Starts finishing without waiting. */
export function finishOnlineSoon(): void {
  // A run that has already listed its commits would miss the newest one.
  const after = running().now ?? Promise.resolve()
  after
    .then(finishOnline)
    .catch((error: unknown) => logger().error({ err: error }, 'the online outbox failed'))
}

const tickMilliseconds = 1000
const ticksBetweenRetries = 5
const ticksBetweenSweeps = 3600

/**
 * The service that keeps the online store following history: at once what an earlier process left pending, then rows
 * whose time comes, each second.
 */
export function startOnlineOutbox(): { stop: () => Promise<void> } {
  let ticks = 0
  return repeat(tickMilliseconds, 'the online outbox is waiting', async () => {
    await applyDueRows(clockNow())
    await fileWaiting()
    if (ticks++ % ticksBetweenRetries === 0) await finishOnline()
    if (ticks % ticksBetweenSweeps === 0) await sweepStaging({ atStart: false })
  })
}
