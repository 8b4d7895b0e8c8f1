import { plural } from '@/components/ui/format-number'
import type { RunBody } from './use-queued-run'

/** Days in UTC, both among those that are computed. */
export interface BackfillRange {
  first: string
  last: string
  /** ISO 8601. */
  step: string
  gapsOnly: boolean
}

const dayMilliseconds = 86_400_000
const stepDays: Record<string, number> = { P1D: 1, P7D: 7, P28D: 28 }

const startOf = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** The day after. */
const after = (day: string) => new Date(startOf(day) + dayMilliseconds).toISOString()

/** What the interface is asked for; the present day ends now. */
export function backfillBody({ first, last, step, gapsOnly }: BackfillRange, today: string): RunBody {
  return {
    from: `${first}T00:00:00Z`,
    ...(last >= today ? {} : { to: after(last) }),
    step,
    gaps_only: gapsOnly,
  }
}

/** How many days a range has; 0 for one that is none. */
export function daysIn({ first, last }: Pick<BackfillRange, 'first' | 'last'>): number {
  const days = (startOf(last) - startOf(first)) / dayMilliseconds + 1
  return Number.isFinite(days) ? Math.max(0, days) : 0
}

/** Windows end on multiples of their length, counted from 1970. */
export function windowsIn(range: BackfillRange): number {
  if (daysIn(range) === 0) return 0
  const length = (stepDays[range.step] ?? 1) * dayMilliseconds
  return Math.floor(startOf(range.last) / length) - Math.floor(startOf(range.first) / length) + 1
}

/** What it will do, one line each. */
export function backfillEffects(range: BackfillRange): string[] {
  const days = daysIn(range)
  if (days === 0) return ['The last day lies before the first: nothing would be computed.']
  const windows = windowsIn(range)
  const amount = range.gapsOnly
    ? `up to ${plural(windows, 'window')}, fewer where some stand`
    : plural(windows, 'window')
  return [
    `Runs the SQL for ${plural(days, 'day')} in ${amount}, oldest first, as a job that can be cancelled.`,
    'Rows with the same keys and event time are superseded; all others stay.',
    'Online values change only where a row is newer than the one that is served.',
  ]
}

/** The days that a part of event time lies in: what closes at a midnight belongs to the day before. */
export function daysOf({ from, to }: { from: string; to: string }): { first: string; last: string } {
  const last = new Date(Date.parse(to) - 1).toISOString().slice(0, 10)
  return { first: from.slice(0, 10), last }
}
