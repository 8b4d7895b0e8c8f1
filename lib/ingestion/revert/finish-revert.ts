import { and, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import { db, rawClient } from '@/db/client'
import { commits } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { microsFromDate } from '@/lib/core/feature-type'
import { historyOf, type NewestRequest, offlineStore } from '@/lib/offline'
import { applyDatedRows, isoOfDatabaseTime, replaceOnlineRows } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { mostRowsInTransaction } from '../newest-rows'
import { type CommitRow, linkedCommits } from './find-commit'
import { microsOf, onlyCommits, waitingCommits, without } from './online-history'
import { keysReplaced, replacedRows } from './replaced-rows'
import { datedRow, type Replacement, replacementFor } from './replacement'
import { newestRevert, unlessReverted } from './unless-reverted'
import { withoutWaiting } from './waiting-rows'

interface Work {
  ctx: Context
  version: ServingVersion
  /** The reverting commit, and the one that it hides. */
  revert: CommitRow
  hidden: CommitRow
  mark: string | null
}

/** The history that counts online, as it is now. */
async function countedHistory({ version, hidden }: Work) {
  const waiting = await waitingCommits(db(), version)
  const all = await historyOf(version)
  return { all, remaining: without(withoutWaiting(all, waiting), [hidden.created]) }
}

const keysAStep = 5000

async function replaceKeys(work: Work, { keys, instead }: Replacement): Promise<boolean> {
  const { version, mark, hidden } = work
  const created = isoOfDatabaseTime(hidden.created)
  for (let start = 0; start < keys.length; start += keysAStep) {
    const own = keys.slice(start, start + keysAStep)
    const done = await unlessReverted(version, mark, (tx) =>
      replaceOnlineRows(rawClient(tx), version.viewId, { createds: [created] }, own, instead),
    )
    if (!done) return false
  }
  return true
}

/** Rows of a history go online where they are newer; false after a revert in between. */
export async function applyNewest(
  { ctx, version, mark }: Pick<Work, 'ctx' | 'version' | 'mark'>,
  request: NewestRequest,
): Promise<boolean> {
  for await (const batch of offlineStore().newestPerKey(request, ctx.signal)) {
    const rows = batch.map(datedRow)
    const step = unlessReverted(version, mark, (tx) => applyDatedRows(rawClient(tx), version.viewId, rows))
    if (!(await step)) return false
  }
  return true
}

/** `created` of what was committed after the revert, and of what came back after it. */
async function laterCommits({ version, revert }: Work): Promise<string[]> {
  const own = and(eq(commits.versionId, version.versionId), eq(commits.environment, version.environment))
  const online = inArray(commits.onlineState, ['done', 'pending'])
  const arrived = await db()
    .select({ created: commits.created })
    .from(commits)
    .where(
      and(
        own,
        online,
        gt(commits.created, revert.created),
        isNull(commits.revertedBy),
        ne(commits.kind, 'revert'),
      ),
    )
  const reverts = await linkedCommits(
    db(),
    and(own, gt(commits.created, revert.created), eq(commits.kind, 'revert')),
  )
  const taken = reverts.flatMap(({ reverts: target }) =>
    target?.kind === 'revert' ? (target.reverts ?? []) : [],
  )
  if (taken.length === 0) return arrived.map(({ created }) => created)
  const restored = await db()
    .select({ created: commits.created })
    .from(commits)
    .where(and(online, inArray(commits.id, taken), isNull(commits.revertedBy)))
  return [...arrived, ...restored].map(({ created }) => created)
}

/**
 * Rows that lost against the hidden commit while it still stood online: of later commits, and those whose time came
 * since. They are written where they are newer, so that it does not matter how often.
 */
async function catchUp(work: Work): Promise<boolean> {
  const { ctx, hidden, revert } = work
  const untilMicros = microsFromDate(ctx.now())
  const { all, remaining } = await countedHistory(work)
  const keysOf = onlyCommits(all, [hidden.created])
  const later = await laterCommits(work)
  const arrived = { ...remaining, only: later.map(microsOf) }
  if (
    later.length > 0 &&
    !(await applyNewest(work, { history: arrived, keysOf, fromMicros: null, untilMicros }))
  )
    return false
  return applyNewest(work, { history: remaining, keysOf, fromMicros: microsOf(revert.created), untilMicros })
}

/** Rows of earlier runs, whose window the hidden commit had computed again, count from now on. */
async function bringBack(work: Work): Promise<boolean> {
  const { ctx, version, hidden } = work
  const replaced = await replacedRows(db(), version, hidden)
  if (!replaced) return true
  const { all, remaining } = await countedHistory(work)
  const untilMicros = microsFromDate(ctx.now())
  return applyNewest(work, {
    history: remaining,
    ...keysReplaced(all, replaced),
    fromMicros: null,
    untilMicros,
  })
}

async function attempt(work: Work): Promise<boolean> {
  const { ctx, hidden } = work
  const of = Math.max(1, Math.ceil(hidden.rows / mostRowsInTransaction))
  for (let index = 0; index < of; index++) {
    const { all, remaining } = await countedHistory(work)
    const slice = { index, of }
    const replacement = await replacementFor(all, remaining, hidden.created, ctx.now(), ctx.signal, slice)
    if (!(await replaceKeys(work, replacement))) return false
  }
  if (hidden.replacesUntil !== null && !(await bringBack(work))) return false
  return catchUp(work)
}

/**
 * The online half of hiding a large commit, key by key whole. Another revert in between makes it begin again; a crash
 * too. Returns when the online store holds what the remaining history says.
 */
export async function finishRevert(ctx: Context, version: ServingVersion, revert: CommitRow): Promise<void> {
  for (;;) {
    const mark = await newestRevert(db(), version)
    const [now] = await linkedCommits(db(), eq(commits.id, revert.id))
    // Taken back meanwhile: whoever did has put the rows online again.
    if (!now?.reverts || now.revertedBy || now.reverts.kind === 'revert') return
    if (await attempt({ ctx, version, revert, hidden: now.reverts, mark })) return
  }
}
