import type { Day } from '@/components/charts/day-strip-summary'
import { durationWords, everyWords } from '@/components/feature-group/words'
import { plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { VerdictClause } from '@/components/ui/verdict-line'
import { durationSeconds } from '@/lib/core/duration'

/** A group that is made of the source, as it stands in the environment. */
export interface FedGroup {
  name: string
  href: string
  /** How old its newest row is; null: it is not served here. */
  fresh: VerdictClause | null
  /** RFC 3339. */
  newestEvent: string | null
  newestCommit: string | null
  days: readonly Day[]
}

interface SourceFacts {
  /** ISO 8601; null: nothing is promised. */
  freshness: string | null
  groups: readonly FedGroup[]
  team: string
  /** RFC 3339. */
  now: string
}

const latest = (instants: readonly (string | null)[]): string | null =>
  instants.reduce((newest, one) => (one !== null && (newest === null || one > newest) ? one : newest), null)

export const lastArrival = (groups: readonly FedGroup[]): string | null =>
  latest(groups.map(({ newestCommit }) => newestCommit))

export const newestRow = (groups: readonly FedGroup[]): string | null =>
  latest(groups.map(({ newestEvent }) => newestEvent))

/** The promise of the source against the newest row that was made of it: kept up to half a period late, broken from three on. */
function promiseClause({ freshness, groups, now }: SourceFacts): VerdictClause {
  const href = '#groups'
  const newest = newestRow(groups)
  if (newest === null) return { id: 'fresh', state: 'unknown', text: 'Nothing came of it yet', href }
  const lagSeconds = Math.max(0, (Date.parse(now) - Date.parse(newest)) / 1000)
  const promised = freshness === null ? null : durationSeconds(freshness)
  if (freshness === null || promised === null)
    return {
      id: 'fresh',
      state: 'fact',
      text: `Newest row of ${formatDay(newest)}, no freshness promised`,
      href,
    }
  const periods = lagSeconds / promised
  if (periods < 1.5)
    return { id: 'fresh', state: 'ok', text: `Fresh, as promised: rows ${everyWords(freshness)}`, href }
  const text = `No rows since ${formatDay(newest)}, promised ${everyWords(freshness)}`
  return { id: 'fresh', state: periods < 3 ? 'warn' : 'fail', text, href }
}

function groupsClause({ groups }: SourceFacts): VerdictClause {
  const href = '#groups'
  if (groups.length === 0) return { id: 'groups', state: 'unknown', text: 'no group reads it', href }
  const late = groups.filter(({ fresh }) => fresh?.state === 'warn' || fresh?.state === 'fail')
  const feeds = `feeds ${plural(groups.length, 'group')}`
  if (late.length === 0) return { id: 'groups', state: 'ok', text: `${feeds}, none of them late`, href }
  return { id: 'groups', state: 'warn', text: `${feeds}, ${late.length} of them late`, href }
}

/** The source's health as one sentence. */
export const sourceVerdict = (facts: SourceFacts): VerdictClause[] => [
  promiseClause(facts),
  groupsClause(facts),
  {
    id: 'owner',
    state: 'fact',
    text: `owned by ${facts.team}`,
    href: `/settings/teams?open=${encodeURIComponent(facts.team)}`,
  },
]

export const promiseWords = (freshness: string | null): string =>
  freshness === null ? 'none' : `rows at most ${durationWords(freshness)} old`
