import { rawClient, type Transaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { microsFromDate } from '@/lib/core/feature-type'
import { type History, historyIn, offlineStore } from '@/lib/offline'
import { countAppliedKeys, type DatedRow, replaceOnlineRows } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { microsOf, waitingCommits } from '../revert/online-history'
import { keysReplaced, type ReplacedRows } from '../revert/replaced-rows'
import { datedRow } from '../revert/replacement'
import { withoutWaiting } from '../revert/waiting-rows'

/** The replacing commit, whose row is not written yet and whose files still lie in staging. */
export interface NewCommit {
  id: string
  created: string
  paths: string[]
}

/** The history that counts online once the commit is there. */
async function historyWith(
  tx: Transaction,
  version: ServingVersion,
  { id, created, paths }: NewCommit,
  replaced: ReplacedRows,
): Promise<{ all: History; remaining: History }> {
  const all = await historyIn(tx, version)
  const createdMicros = microsOf(created)
  const [afterMicros, untilMicros] = [microsOf(replaced.after), microsOf(replaced.until)]
  const times = { afterMicros, untilMicros, leastMicros: afterMicros, greatestMicros: untilMicros }
  const own = replaced.createds.map((one) => ({
    ...times,
    createdMicros: microsOf(one),
    byMicros: createdMicros,
    fromMicros: createdMicros,
    toMicros: null,
  }))
  const waiting = await waitingCommits(tx, version)
  const files = [...all.files, ...paths.map((path) => ({ path, commit: id, createdMicros }))]
  const counted = { ...all, files, replaced: [...(all.replaced ?? []), ...own] }
  const remaining = withoutWaiting(counted, waiting)
  return { all, remaining }
}

/**
 * Keys that hold a row which does not count any more get what the remaining history says, in the transaction of the
 * commit that replaces it. Returns how many of the commit's own rows came online by that.
 */
export async function replaceOnline(
  tx: Transaction,
  ctx: Context,
  version: ServingVersion,
  commit: NewCommit,
  replaced: ReplacedRows,
  keys: string[],
): Promise<number> {
  if (keys.length === 0) return 0
  const { all, remaining } = await historyWith(tx, version, commit, replaced)
  const request = { history: remaining, fromMicros: null, untilMicros: microsFromDate(ctx.now()) }
  const instead = new Map<string, DatedRow>()
  const newest = offlineStore().newestPerKey({ ...request, ...keysReplaced(all, replaced) }, ctx.signal)
  for await (const batch of newest) for (const row of batch) instead.set(row.entityKey, datedRow(row))
  const client = rawClient(tx)
  const applied = async () =>
    (await countAppliedKeys(client, version.viewId, [commit.created], keys)).get(commit.created) ?? 0
  const before = await applied()
  await replaceOnlineRows(client, version.viewId, replaced, keys, instead)
  return (await applied()) - before
}
