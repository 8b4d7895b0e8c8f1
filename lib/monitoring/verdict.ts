import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { profileHeads } from '@/lib/profiles'
import { hiddenFeatures, usageByDay } from '@/lib/usage'
import { dayMs, msOf, windowMs } from './calendar'
import { type DayRange, dayFacts, type SeenGroup, seenGroup, stripFacts } from './day-facts'
import { stripRange } from './day-strip'
import { type WatchedGroup, watchedGroups } from './queries'
import type { VerdictClause } from './resources'
import { judgeRun } from './run-summary'
import { format } from './stored'
import { contractClause, driftClause, freshClause, ownerClause, readersClause } from './verdict-clauses'
import { requestRefresh } from './watch'

export interface VerdictInput {
  group: string
  /** Major; absent: the promoted one, else the newest. */
  version?: number
  environment?: string
}

const readerDays = 30

/** In no sum are readers of what the caller may not know of. */
async function readersOf(
  ctx: Context,
  group: WatchedGroup,
  { environment, nowMs }: DayRange,
): Promise<number> {
  const reads = await usageByDay({
    groupName: group.name,
    environment,
    since: new Date(nowMs - readerDays * dayMs),
    hidden: await hiddenFeatures(ctx, [group.name]),
  })
  return new Set(reads.map(({ consumerKind, consumerId }) => `${consumerKind} ${consumerId}`)).size
}

/** The span that the version's features are compared with; null before any was. */
async function referenceOf({ versionId }: WatchedGroup, { environment }: DayRange) {
  if (versionId === null) return null
  const [head] = await profileHeads(
    { versionIds: [versionId], environment, span: 'reference', format },
    'from',
  )
  if (!head || typeof head.member !== 'string' || head.windowEnd === null) return null
  return { fromMs: msOf(head.member), toMs: msOf(head.windowEnd) }
}

/** The newest week with rows; a day's run only where no week was judged. */
function newestRun({ runs }: SeenGroup) {
  const judged = runs.filter(({ summary }) => judgeRun(summary) !== null)
  const weeks = judged.filter(({ startMs, endMs }) => endMs - startMs === windowMs.week)
  return (weeks.length > 0 ? weeks : judged).reduce<(typeof runs)[number] | null>(
    (newest, run) => (newest === null || run.startMs > newest.startMs ? run : newest),
    null,
  )
}

/**
 * The clauses under an asset's title: freshness, drift, readers, contract, owner; an unknown one says why.
 * Errors: `not_found`, the same for a missing and for a hidden group.
 */
export async function getVerdict(ctx: Context, input: VerdictInput): Promise<VerdictClause[]> {
  const environment = input.environment ?? ctx.environment
  const [group] = await watchedGroups(ctx, environment, [input.group], input.version)
  if (!group) throw missing('group', input.group)
  const range = stripRange(ctx, environment)
  const [facts, readers, reference] = await Promise.all([
    stripFacts(ctx, [group], range),
    readersOf(ctx, group, range),
    referenceOf(group, range),
  ])
  const seen = seenGroup(ctx, group, facts, range)
  const days = dayFacts(seen, facts, range)
  const run = newestRun(seen)
  const { newestMs, cadenceSeconds, major } = group
  if (run === null && newestMs !== null && major !== null)
    requestRefresh({ group: group.name, major, environment })
  const { nowMs } = range
  const { readsAny } = seen.view
  const name = { group: group.name }
  return [
    freshClause({ ...name, newestMs, nowMs, cadenceSeconds }),
    driftClause({ ...name, newestMs, nowMs, run, reference, mayRead: readsAny }),
    readersClause({ ...name, readers }),
    contractClause({ ...name, days, hasContract: seen.isContracted || group.versionId === null }),
    ownerClause(group.team),
  ]
}
