import { eq } from 'drizzle-orm'
import { db, rawClient, through } from '@/db/client'
import { commits } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { formatTimestamp, microsFromDate } from '@/lib/core/feature-type'
import { historyOf, offlineStore } from '@/lib/offline'
import { applyDatedRows, type DatedRow, isoOfDatabaseTime, type OnlineRow } from '@/lib/online'
import type { ServingVersion } from '@/lib/registry'
import { queueDueRows } from '../due-rows'
import { onlineRowOfHistory } from '../staged-batch'
import type { CommitRow } from './find-commit'
import type { OnlineHalf } from './hide-commit'
import { countedOf, microsOf } from './online-history'
import { datedRow } from './replacement'
import { isLarge, touchesOnline } from './reversal'
import { newestRevert } from './unless-reverted'
import { withoutWaiting } from './waiting-rows'

/** The commit's newest row of each key, and those whose time has not come. */
interface PreparedRestoring {
  newest: DatedRow[]
  due: OnlineRow[]
}

const mostDueRows = 100_000

/** Null when the commit's rows do not belong online. */
async function prepared(
  ctx: Context,
  version: ServingVersion,
  commit: CommitRow,
): Promise<PreparedRestoring | null> {
  if (!touchesOnline(version, commit)) return null
  const isPartial = commit.onlineState === 'offline_only'
  const counted = countedOf(await historyOf(version), [commit.created])
  const history = isPartial ? withoutWaiting(counted, [commit]) : counted
  // Of a large one the outbox puts online what was due when it was made, as at first.
  const untilMicros = isLarge(commit) ? microsOf(commit.created) : microsFromDate(ctx.now())
  const newest: DatedRow[] = []
  if (!isLarge(commit)) {
    for await (const batch of offlineStore().newestPerKey(
      { history, fromMicros: null, untilMicros },
      ctx.signal,
    ))
      newest.push(...batch.map(datedRow))
  }
  const until = formatTimestamp(untilMicros)
  if (isPartial || commit.maxEventTime === null || isoOfDatabaseTime(commit.maxEventTime) <= until)
    return { newest, due: [] }
  const rows = await offlineStore().rows(
    { history, key: null, latest: false, limit: mostDueRows },
    ctx.signal,
  )
  const due = rows.filter(({ eventTime }) => eventTime > until).sort((a, b) => a.row - b.row)
  return { newest, due: due.map(onlineRowOfHistory) }
}

/** The online half of bringing a commit back: its rows go online where they are newer, as they did at first. */
export async function restoring(
  ctx: Context,
  version: ServingVersion,
  commit: CommitRow,
): Promise<OnlineHalf> {
  const mark = await newestRevert(db(), version)
  const ready = await prepared(ctx, version, commit)
  const created = isoOfDatabaseTime(commit.created)
  return async (tx) => {
    if (!version.online) return 'not_online'
    // A run may have computed the window of some of the rows again meanwhile.
    const isSame = (await newestRevert(tx, version)) === mark
    const rows = isSame ? ready : await through(tx, () => prepared(ctx, version, commit))
    if (!rows) return 'done'
    await queueDueRows(tx, version.viewId, created, rows.due, ctx.now())
    await applyDatedRows(rawClient(tx), version.viewId, rows.newest)
    if (isLarge(commit)) {
      // Of one that was materialized in part all rows wait again.
      const isPartial = commit.onlineState === 'offline_only'
      const change = isPartial ? { onlineSpans: null } : { onlineState: 'pending' as const }
      await tx.update(commits).set(change).where(eq(commits.id, commit.id))
    }
    return 'done'
  }
}
