import type { Day } from '@/components/charts/day-strip-summary'
import { plural } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { VerdictClause } from '@/components/ui/verdict-line'

type DayState = Day['state']

const worst: DayState[] = ['fail', 'warn', 'no_data', 'ok', 'not_due']
const words: Partial<Record<DayState, string>> = { fail: 'failed', warn: 'warned', no_data: 'had no data' }

interface ServedDays {
  /** `group:feature` */
  name: string
  days: readonly Day[]
}

const statesOn = (served: readonly ServedDays[], date: string) =>
  served.flatMap(({ days }) => days.find((day) => day.date === date)?.state ?? [])

/** One strip for all that a service serves: each day as bad as its worst feature. */
export function daysOfService(served: readonly ServedDays[]): Day[] {
  const dates = served[0]?.days.map(({ date }) => date) ?? []
  return dates.map((date) => {
    const states = statesOn(served, date)
    const state = worst.find((one) => states.includes(one)) ?? 'not_due'
    const hit = states.filter((one) => one === state).length
    const word = words[state]
    const detail =
      word === undefined
        ? plural(states.length, 'feature')
        : `${hit} of ${plural(states.length, 'feature')} ${word}`
    return { date, state, detail }
  })
}

interface PinnedVersion {
  /** `group@n` */
  name: string
  /** Null: the reader may not know of it. */
  state: string | null
}

export interface ServiceHealth {
  days: readonly Day[]
  pinned: readonly PinnedVersion[]
  readers: number
  team: string
}

function dayClause(days: readonly Day[]): VerdictClause {
  const last = days.findLast(({ state }) => state !== 'not_due')
  if (!last) return { id: 'days', state: 'unknown', text: 'Health unknown, nothing was due in 28 days' }
  if (last.state === 'ok') return { id: 'days', state: 'ok', text: 'Every feature in order' }
  const state = last.state === 'no_data' ? 'unknown' : last.state === 'fail' ? 'fail' : 'warn'
  return { id: 'days', state, text: `${last.detail} on ${formatDay(last.date)}` }
}

const list = new Intl.ListFormat('en')

function versionClause(pinned: readonly PinnedVersion[]): VerdictClause {
  const of = (state: string) => pinned.filter((one) => one.state === state).map(({ name }) => name)
  const [archived, deprecated] = [of('archived'), of('deprecated')]
  if (archived.length > 0)
    return { id: 'versions', state: 'fail', text: `not readable: ${list.format(archived)} archived` }
  if (deprecated.length > 0)
    return { id: 'versions', state: 'warn', text: `${list.format(deprecated)} deprecated` }
  if (pinned.some(({ state }) => state === null))
    return { id: 'versions', state: 'unknown', text: 'reads versions that you may not see' }
  return { id: 'versions', state: 'ok', text: `pins ${plural(pinned.length, 'active version')}` }
}

/** The service's health as one sentence. */
export const serviceVerdict = ({ days, pinned, readers, team }: ServiceHealth): VerdictClause[] => [
  { ...dayClause(days), href: '#served' },
  { ...versionClause(pinned), href: '#served' },
  { id: 'readers', state: 'fact', text: `${plural(readers, 'reader')} in 30 days`, href: '#readers' },
  {
    id: 'owner',
    state: 'fact',
    text: `owned by ${team}`,
    href: `/settings/teams?open=${encodeURIComponent(team)}`,
  },
]
