const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** "just now", "3 h ago", "in 2 d"; from 60 days on null, where a date says more. */
export function formatRelative(at: Date, now: Date): string | null {
  const difference = at.getTime() - now.getTime()
  const size = Math.abs(difference)
  if (size < minuteMs) return 'just now'
  if (size >= 60 * dayMs) return null
  const text =
    size < hourMs
      ? `${Math.round(size / minuteMs)} min`
      : size < 2 * dayMs
        ? `${Math.round(size / hourMs)} h`
        : `${Math.round(size / dayMs)} d`
  return difference < 0 ? `${text} ago` : `in ${text}`
}

export type TimePrecision = 'day' | 'minute' | 'second'

const shapes: Record<TimePrecision, Intl.DateTimeFormatOptions> = {
  day: {},
  minute: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  second: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
}

/** "3 May 2026, 14:05" in the given IANA zone. */
export function formatInstant(at: Date, zone: string, precision: TimePrecision = 'minute'): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...shapes[precision],
    timeZone: zone,
  }).format(at)
}

/** "3 May" for an ISO date without a time: a day is a day in every zone. */
export function formatDay(isoDate: string, withYear = false): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(withYear ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(`${isoDate.slice(0, 10)}T00:00:00Z`))
}
