import { invalidField } from '@/lib/core/errors'
import { parseEventTime } from '@/lib/core/feature-type'
import type { Arrivals } from './arrivals'
import { type WindowKind, windowMs, windowStart } from './calendar'
import { referenceSpan, weeksOf } from './reference-span'

/** Windows shown unless a range is asked for: two years of weeks and more, or a quarter of days. */
const shownWindows: Record<WindowKind, number> = { week: 120, day: 90 }
const mostWindows = 400
/** So many windows of silence are shown after the newest row; a history that ended long ago stays readable. */
const silentWindows = 4

interface RangeInput {
  window: WindowKind
  /** Start of the day of the oldest and newest row. */
  oldestMs: number
  newestMs: number
  nowMs: number
  from?: string
  to?: string
}

/** Windows of the first and the last year would begin or end in a year that no time can be stored in. */
const earliestMs = Date.parse('0002-01-01T00:00:00Z')
const latestMs = Date.parse('9999-01-01T00:00:00Z')

function instantOf(text: string, pointer: string, end: boolean): number {
  const micros = parseEventTime(text, end)
  if (micros !== null) {
    const instantMs = Number(micros / 1000n)
    if (instantMs >= earliestMs && instantMs < latestMs) return instantMs
    throw invalidField(pointer, `${pointer.slice(1)} must lie within the years 2 to 9998.`, 'range')
  }
  throw invalidField(pointer, `${pointer.slice(1)} must be a date or an RFC 3339 time.`, 'time')
}

/** What a page shows first; null without rows. */
export function defaultRange({ days }: Arrivals, window: WindowKind, nowMs: number) {
  const span = referenceSpan(weeksOf(days))
  const newestMs = days.at(-1)?.[0]
  if (span === null || newestMs === undefined) return null
  return seriesRange({ window, oldestMs: span.fromMs, newestMs, nowMs })
}

/** Starts of the first and the end of the last window of a series. Errors: `invalid` for a range that is none. */
export function seriesRange(input: RangeInput): { fromMs: number; toMs: number } {
  const { window, oldestMs, newestMs, nowMs, from, to } = input
  const length = windowMs[window]
  const newestEnd = windowStart(window, newestMs) + length
  const silentEnd = Math.min(windowStart(window, nowMs) + length, newestEnd + silentWindows * length)
  const toMs =
    to === undefined
      ? Math.max(newestEnd, silentEnd)
      : windowStart(window, instantOf(to, '/to', true)) + length
  const first = windowStart(window, oldestMs)
  const fromMs =
    from === undefined
      ? Math.max(first, toMs - shownWindows[window] * length)
      : windowStart(window, instantOf(from, '/from', false))
  if (fromMs >= toMs) throw invalidField('/from', 'from must be before to.', 'range')
  const count = (toMs - fromMs) / length
  if (count > mostWindows)
    throw invalidField(
      '/from',
      `The range holds ${count} ${window}s; at most ${mostWindows} are answered.`,
      'range',
    )
  return { fromMs, toMs }
}
