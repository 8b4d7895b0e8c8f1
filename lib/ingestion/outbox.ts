import { join } from 'node:path'
import { and, asc, eq } from 'drizzle-orm'
import { db, rawClient, withTransaction } from '@/db/client'
import { commitFiles, commits, featureGroups, featureGroupVersions } from '@/db/schema'
import { clockNow } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { logger } from '@/lib/core/logger'
import { singleton } from '@/lib/core/singleton'
import { systemContext } from '@/lib/identity'
import { offlineStore } from '@/lib/offline'
import { applyOnlineRows, countAppliedKeys, isoOfDatabaseTime, type OnlineRow } from '@/lib/online'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import { applyDueRows } from './due-rows'
import { rowPlan } from './row-plan'
import { sweepStaging } from './sweep'

interface PendingCommit {
  id: string
  created: string
  environment: string
  group: string
  major: number
}

const pendingCommits = (): Promise<PendingCommit[]> =>
  db()
    .select({
      id: commits.id,
      created: commits.created,
      environment: commits.environment,
      group: featureGroups.name,
      major: featureGroupVersions.major,
    })
    .from(commits)
    .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, commits.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
    .where(eq(commits.onlineState, 'pending'))
    .orderBy(asc(commits.created))

/** Each key of the batch becomes whole online by itself; doing it again changes nothing. */
const applyBatch = (version: ServingVersion, created: string, rows: OnlineRow[]): Promise<number> =>
  withTransaction(async (tx) => {
    const client = rawClient(tx)
    await applyOnlineRows(client, version.viewId, created, rows)
    // Counted afterwards, so that rows which an interrupted run had applied count too.
    return countAppliedKeys(
      client,
      version.viewId,
      created,
      rows.map(({ entityKey }) => entityKey),
    )
  })

async function applyFile(version: ServingVersion, created: string, path: string): Promise<number> {
  const { schema } = rowPlan(version)
  let applied = 0
  for await (const batch of offlineStore().latestPerKey(join(env().home, path), schema)) {
    const rows = batch.map(({ values, ...row }) => ({ ...row, v: values ?? '' }))
    applied += await applyBatch(version, created, rows)
  }
  return applied
}

/** Finishes the online half of one commit from its history files. */
async function finishCommit(pending: PendingCommit): Promise<void> {
  const created = isoOfDatabaseTime(pending.created)
  const version = await resolveVersion(
    systemContext(),
    { group: pending.group, version: pending.major },
    pending.environment,
  )
  const files = await db().select().from(commitFiles).where(eq(commitFiles.commitId, pending.id))
  // Rows of the nearer future stand in a file of their own; they wait as jobs for their time.
  const present = files.filter(
    ({ maxEventTime }) => maxEventTime === null || isoOfDatabaseTime(maxEventTime) <= created,
  )
  let superseded = 0
  for (const { path, rows } of present) superseded += rows - (await applyFile(version, created, path))
  await db()
    .update(commits)
    .set({ onlineState: 'done', superseded })
    .where(and(eq(commits.id, pending.id), eq(commits.onlineState, 'pending')))
}

/** Finishes what is pending, oldest first. A commit that fails is tried again later. */
async function finishPendingCommits(): Promise<void> {
  for (const pending of await pendingCommits()) {
    try {
      await finishCommit(pending)
    } catch (error) {
      logger().warn(
        { err: error, commit: pending.id },
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
  let busy: Promise<void> | null = null
  const work = async () => {
    await applyDueRows(clockNow())
    if (ticks++ % ticksBetweenRetries === 0) await finishOnline()
    if (ticks % ticksBetweenSweeps === 0) await sweepStaging({ atStart: false })
  }
  const tick = () => {
    busy ??= work()
      .catch((error: unknown) => logger().warn({ err: error }, 'the online outbox is waiting'))
      .finally(() => {
        busy = null
      })
  }
  tick()
  const timer = setInterval(tick, tickMilliseconds)
  timer.unref()
  return {
    stop: async () => {
      clearInterval(timer)
      await busy
    },
  }
}
