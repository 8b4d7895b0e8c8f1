/** The file's first and last whole day; the last is a Saturday. Six later flights, stamped midnight, are left out. */
export const trueFirstDay = '2001-01-01'
export const trueLastDay = '2001-06-30'
const heldBackDays = 28
const millisecondsPerDay = 86_400_000
const saturday = 6

/** Where the sample lies in time. Days are `YYYY-MM-DD`; `historyEnd` and `end` are the midnights after them. */
export interface SampleCalendar {
  shiftWeeks: number
  firstDay: string
  lastDay: string
  /** First midnight whose day has not been loaded: replay goes on from here. */
  historyEnd: string
  /** The midnight at which the last window closes. */
  end: string
  /** The days that replay ingests one a tick, in order. */
  heldBack: string[]
  /** Planted: the delays of the busiest airports are 60 times too large. */
  unitErrorDay: string
  /** Planted: the distance of 12 % of the routes is missing. */
  missingDistanceDay: string
}

const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay

const dayText = (number: number) => new Date(number * millisecondsPerDay).toISOString().slice(0, 10)

/** The day that lies `days` after (or before) a day, both `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string => dayText(dayNumber(day) + days)

/** RFC 3339 text of a day's first instant. */
export const midnight = (day: string): string => `${day}T00:00:00Z`

/**
 * Moves the file forward by whole weeks, so that its last day is the latest Saturday before today (UTC): weekdays
 * stay what they were, and no event time lies in the future.
 */
export function sampleCalendar(now: Date): SampleCalendar {
  const today = dayNumber(now.toISOString().slice(0, 10))
  const sinceSaturday = (now.getUTCDay() - saturday + 7) % 7 || 7
  return calendarAt(Math.floor((today - sinceSaturday - dayNumber(trueLastDay)) / 7))
}

/** The calendar of a sample that was moved by so many weeks when it was loaded. */
export function calendarAt(shiftWeeks: number): SampleCalendar {
  const lastDay = addDays(trueLastDay, shiftWeeks * 7)
  const end = addDays(lastDay, 1)
  const historyEnd = addDays(end, -heldBackDays)
  return {
    shiftWeeks,
    firstDay: addDays(trueFirstDay, shiftWeeks * 7),
    lastDay,
    historyEnd,
    end,
    heldBack: Array.from({ length: heldBackDays }, (_, index) => addDays(historyEnd, index)),
    // Held-back weeks run from Sunday to Saturday: the Tuesday of the second and the Thursday of the third.
    unitErrorDay: addDays(historyEnd, 9),
    missingDistanceDay: addDays(historyEnd, 18),
  }
}
