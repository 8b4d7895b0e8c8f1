import { formatShare, plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { State } from '@/components/ui/state'
import type { VerdictClause } from '@/components/ui/verdict-line'
import type { DriftSeries, FeatureStatistics, Judgement } from '@/lib/monitoring/operations'

interface VerdictInput {
  /** Of its group: how old the newest row is. */
  freshness: VerdictClause | null
  /** Of its group's contract. */
  contract?: VerdictClause | null
  statistics: FeatureStatistics | null
  series: DriftSeries | null
  readers: number | null
  team: string
  qualityHref: string
  /** Where rows and nulls are counted; absent: the place of drift. */
  historyHref?: string
  usageHref: string
}

const states: Record<Judgement, State> = {
  ok: 'ok',
  warn: 'warn',
  fail: 'fail',
  no_data: 'unknown',
  low_confidence: 'unknown',
}

const judgedWords: Record<Judgement, string> = {
  ok: 'ok',
  warn: 'warning',
  fail: 'failing',
  no_data: 'no data',
  low_confidence: 'too few rows',
}

function nullsClause({
  statistics,
  qualityHref,
  historyHref: href = qualityHref,
}: VerdictInput): VerdictClause {
  if (statistics === null)
    return { id: 'nulls', state: 'unknown', text: 'rows unknown, statistics are not shown to you', href }
  const { rows, nulls } = statistics
  if (rows === 0) return { id: 'nulls', state: 'unknown', text: 'no rows yet', href }
  const text = nulls === 0 ? 'no nulls' : `${formatShare(nulls / rows)} null`
  return { id: 'nulls', state: 'fact', text: `${plural(rows, 'row')}, ${text}`, href }
}

/** The newest week that has rows decides; a stale one says so. */
function driftClause({ series, qualityHref: href }: VerdictInput): VerdictClause {
  const newest = series?.windows.findLast(({ rows }) => rows > 0)
  if (!series || !newest) {
    return { id: 'drift', state: 'unknown', text: series?.finding ?? 'drift not shown to you', href }
  }
  const isStale = series.windows.some(
    ({ start, complete, rows }) => complete && rows === 0 && start > newest.start,
  )
  if (isStale) {
    const text = `drift last judged in the week of ${formatDay(newest.start)}: ${judgedWords[newest.judged]}`
    return { id: 'drift', state: 'unknown', text, href }
  }
  return { id: 'drift', state: states[newest.judged], text: newest.sentence.replace(/\.$/, ''), href }
}

function readersClause({ readers, usageHref: href }: VerdictInput): VerdictClause {
  if (readers === null) return { id: 'readers', state: 'unknown', text: 'readers unknown', href }
  const count = readers === 0 ? 'no readers' : plural(readers, 'reader')
  return { id: 'readers', state: 'fact', text: `${count} in 30 days`, href }
}

/** One feature's health in one sentence: freshness, rows and nulls, drift, readers, contract, owner. */
export const featureVerdict = (input: VerdictInput): VerdictClause[] => [
  ...(input.freshness ? [input.freshness] : []),
  nullsClause(input),
  driftClause(input),
  readersClause(input),
  ...(input.contract ? [input.contract] : []),
  {
    id: 'owner',
    state: 'fact',
    text: `owned by ${input.team}`,
    href: `/catalog?team=${encodeURIComponent(input.team)}`,
  },
]
