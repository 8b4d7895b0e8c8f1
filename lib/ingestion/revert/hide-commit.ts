import { db, type Executor, rawClient, type Transaction } from '@/db/client'
import { type commits, versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { type History, historyIn, historyOf } from '@/lib/offline'
import { isoOfDatabaseTime, replaceOnlineRows } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { dropDueRows } from '../due-rows'
import { type GroupLock, ownPlace } from '../group-lock'
import type { CommitRow } from './find-commit'
import { waitingCommits, without } from './online-history'
import { type Replacement, replacementFor } from './replacement'
import { isLarge, touchesOnline } from './reversal'
import { withoutWaiting } from './waiting-rows'

/** What the online store is to hold, and the state of the group for which that is right. */
interface PreparedHiding {
  newest: string | null
  waiting: string
  replacement: Replacement
}

/** Changes with what waits. */
const nameOf = (waiting: CommitRow[]) =>
  JSON.stringify(waiting.map(({ created, onlineSpans }) => [created, onlineSpans]))

async function replacementIn(
  executor: Executor,
  ctx: Context,
  version: ServingVersion,
  commit: CommitRow,
  history: History,
) {
  const waiting = await waitingCommits(executor, version)
  const remaining = without(withoutWaiting(history, waiting), [commit.created])
  const replacement = await replacementFor(history, remaining, commit.created, ctx.now(), ctx.signal)
  return { waiting: nameOf(waiting), replacement }
}

/** Null when nothing is to be replaced in the transaction itself. */
async function prepared(
  ctx: Context,
  version: ServingVersion,
  commit: CommitRow,
): Promise<PreparedHiding | null> {
  if (!touchesOnline(version, commit) || isLarge(commit)) return null
  const [place] = await db()
    .select({ newest: versionEnvironments.lastCreated })
    .from(versionEnvironments)
    .where(ownPlace(version))
  const newest = place?.newest ? isoOfDatabaseTime(place.newest) : null
  return { newest, ...(await replacementIn(db(), ctx, version, commit, await historyOf(version))) }
}

/** The online half of a reversal, under the group's lock, of the commit as it is then; the state of the reverting one. */
export type OnlineHalf = (tx: Transaction, lock: GroupLock, commit: CommitRow) => Promise<OnlineState>
export type OnlineState = (typeof commits.$inferInsert)['onlineState']

/** Asks the engine what is left for each key before the lock is taken, and again under it if that is no longer true. */
export async function hiding(ctx: Context, version: ServingVersion, before: CommitRow): Promise<OnlineHalf> {
  const ready = await prepared(ctx, version, before)
  const created = isoOfDatabaseTime(before.created)
  return async (tx, lock, commit) => {
    await dropDueRows(tx, version.viewId, created, ctx.now())
    if (!version.online) return 'not_online'
    if (!touchesOnline(version, commit)) return 'done'
    if (isLarge(commit)) return 'pending'
    const waiting = nameOf(await waitingCommits(tx, version))
    const isCurrent = ready !== null && ready.newest === lock.before && ready.waiting === waiting
    const { keys, instead } = isCurrent
      ? ready.replacement
      : (await replacementIn(tx, ctx, version, commit, await historyIn(tx, version))).replacement
    await replaceOnlineRows(rawClient(tx), version.viewId, { createds: [created] }, keys, instead)
    return 'done'
  }
}
