import { and, eq, isNull } from 'drizzle-orm'
import { db, rawClient } from '@/db/client'
import { commits } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { microsFromDate } from '@/lib/core/feature-type'
import { historyOf, type KeySlice, offlineStore } from '@/lib/offline'
import { type DatedRow, replaceOnlineRows } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { mostRowsInTransaction } from '../newest-rows'
import type { CommitRow } from '../revert/find-commit'
import { applyNewest } from '../revert/finish-revert'
import { microsOf, onlyCommits, waitingCommits } from '../revert/online-history'
import { keysReplaced, type ReplacedRows, replacedRows } from '../revert/replaced-rows'
import { datedRow } from '../revert/replacement'
import { newestRevert, unlessReverted } from '../revert/unless-reverted'
import { withoutWaiting } from '../revert/waiting-rows'

interface Work {
  ctx: Context
  version: ServingVersion
  replaced: ReplacedRows
  mark: string | null
}

async function histories({ version }: Work) {
  const waiting = await waitingCommits(db(), version)
  const all = await historyOf(version)
  return { all, remaining: withoutWaiting(all, waiting) }
}

/** Of some of the keys: rows that do not count any more go, and what the remaining history says comes. */
async function replaceSlice(work: Work, slice: KeySlice): Promise<boolean> {
  const { ctx, version, replaced, mark } = work
  const { all, remaining } = await histories(work)
  const asked = {
    ...keysReplaced(all, replaced),
    fromMicros: null,
    untilMicros: microsFromDate(ctx.now()),
    slice,
  }
  const instead = new Map<string, DatedRow>()
  for await (const batch of offlineStore().newestPerKey({ ...asked, history: remaining }, ctx.signal))
    for (const row of batch) instead.set(row.entityKey, datedRow(row))
  const times = { fromMicros: microsOf(replaced.after), untilMicros: microsOf(replaced.until), slice }
  const history = onlyCommits(all, replaced.createds)
  for await (const batch of offlineStore().newestPerKey({ ...times, history }, ctx.signal)) {
    const keys = batch.map(({ entityKey }) => entityKey)
    const done = await unlessReverted(version, mark, (tx) =>
      replaceOnlineRows(rawClient(tx), version.viewId, replaced, keys, instead),
    )
    if (!done) return false
  }
  return true
}

async function attempt(work: Work): Promise<boolean> {
  const of = Math.max(1, Math.ceil(work.replaced.rows / mostRowsInTransaction))
  for (let index = 0; index < of; index++) if (!(await replaceSlice(work, { index, of }))) return false
  // Rows that lost against one which has gone meanwhile.
  const { all, remaining } = await histories(work)
  const untilMicros = microsFromDate(work.ctx.now())
  return applyNewest(work, {
    history: remaining,
    ...keysReplaced(all, work.replaced),
    fromMicros: null,
    untilMicros,
  })
}

/**
 * The online half of a run that computed a window again, where it is too much for the transaction of its commit. A
 * revert in between makes it begin again; a crash too.
 */
export async function finishReplacing(
  ctx: Context,
  version: ServingVersion,
  commit: CommitRow,
): Promise<void> {
  for (;;) {
    const mark = await newestRevert(db(), version)
    const inForce = await db().$count(commits, and(eq(commits.id, commit.id), isNull(commits.revertedBy)))
    const replaced = inForce === 0 ? null : await replacedRows(db(), version, commit)
    if (!replaced || (await attempt({ ctx, version, replaced, mark }))) return
  }
}
