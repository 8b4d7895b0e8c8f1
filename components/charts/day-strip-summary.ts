import { formatDay } from '@/components/ui/format-time'

export type DayState = 'ok' | 'warn' | 'fail' | 'no_data' | 'not_due'

export interface Day {
  /** ISO date. */
  date: string
  state: DayState
  /** The numbers of that day: "PSI 0.31 of 0.25, 41 000 rows". */
  detail?: string
  /** That day's run. */
  href?: string
}

const words: Record<DayState, string> = {
  ok: 'ok',
  warn: 'warning',
  fail: 'failed',
  no_data: 'no data',
  not_due: 'not due',
}

/** "12 March: failed, PSI 0.31 of 0.25". */
export function describeDay(day: Day): string {
  return `${formatDay(day.date)}: ${words[day.state]}${day.detail ? `, ${day.detail}` : ''}`
}

/**
 * The strip in words: the span, the count of each state that occurs, worst first, and the last bad day.
 * "28 days to 3 May: 2 failed, 1 warning, 25 ok; last failed 30 Apr".
 */
export function summarizeDays(days: readonly Day[]): string {
  const last = days.at(-1)
  if (!last) return 'No days yet'
  const order: DayState[] = ['fail', 'warn', 'ok', 'no_data', 'not_due']
  const counts = order
    .map((state) => [state, days.filter((day) => day.state === state).length] as const)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${words[state]}`)
  const bad = days.findLast((day) => day.state === 'fail') ?? days.findLast((day) => day.state === 'warn')
  const span = `${days.length} ${days.length === 1 ? 'day' : 'days'} to ${formatDay(last.date)}`
  return `${span}: ${counts.join(', ')}${bad ? `; last ${words[bad.state]} ${formatDay(bad.date)}` : ''}`
}
