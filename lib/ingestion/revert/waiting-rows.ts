import type { OnlineSpan } from '@/db/schema'
import type { History, ReplacedTimes } from '@/lib/offline'
import type { CommitRow } from './find-commit'
import { microsOf, without } from './online-history'

const beforeAll = -(2n ** 62n)
const afterAll = 2n ** 62n

/** Event times, later than and up to, that are in none of the spans. */
function outside(spans: readonly OnlineSpan[]): { after: bigint; until: bigint }[] {
  const sorted = spans
    .map(({ from, to }) => ({ first: from === null ? beforeAll : microsOf(from), last: microsOf(to) }))
    .sort((a, b) => (a.first < b.first ? -1 : 1))
  const left: { after: bigint; until: bigint }[] = []
  let after = beforeAll
  for (const { first, last } of sorted) {
    if (first - 1n > after) left.push({ after, until: first - 1n })
    if (last > after) after = last
  }
  return [...left, { after, until: afterAll }]
}

/** The rows of one commit that have not been materialized, as what a history leaves out. */
function waitingTimes({ created, onlineSpans, minEventTime, maxEventTime }: CommitRow): ReplacedTimes[] {
  if (minEventTime === null || maxEventTime === null) return []
  return outside(onlineSpans ?? []).map(({ after, until }) => ({
    createdMicros: microsOf(created),
    leastMicros: microsOf(minEventTime),
    greatestMicros: microsOf(maxEventTime),
    byMicros: beforeAll,
    afterMicros: after,
    untilMicros: until,
    fromMicros: 0n,
    toMicros: null,
  }))
}

/** Leaves out of a history what waits to be materialized: whole commits, or the part that is not online yet. */
export function withoutWaiting(history: History, waiting: readonly CommitRow[]): History {
  const partly = waiting.filter(({ onlineSpans }) => onlineSpans !== null)
  const wholly = waiting.filter(({ onlineSpans }) => onlineSpans === null)
  const left = without(
    history,
    wholly.map(({ created }) => created),
  )
  return { ...left, replaced: [...(left.replaced ?? []), ...partly.flatMap(waitingTimes)] }
}
