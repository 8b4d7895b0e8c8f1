/** Windows are UTC days, or UTC weeks from Monday to Sunday. Instants are milliseconds since 1970. */
export type WindowKind = 'week' | 'day'

export const dayMs = 86_400_000

export const windowMs: Record<WindowKind, number> = { day: dayMs, week: 7 * dayMs }

/** 1970-01-05 was a Monday. */
const offsetMs: Record<WindowKind, number> = { day: 0, week: 4 * dayMs }

/** Start of the window that holds the instant. */
export const windowStart = (kind: WindowKind, instantMs: number): number =>
  Math.floor((instantMs - offsetMs[kind]) / windowMs[kind]) * windowMs[kind] + offsetMs[kind]

/** Starts of all windows that begin in [from, to). */
export function windowStarts(kind: WindowKind, fromMs: number, toMs: number): number[] {
  const starts: number[] = []
  for (let start = windowStart(kind, fromMs); start < toMs; start += windowMs[kind]) {
    if (start >= fromMs) starts.push(start)
  }
  return starts
}

/** RFC 3339 with six digits, as stored instants are written. */
export const isoOf = (instantMs: number): string => `${new Date(instantMs).toISOString().slice(0, 23)}000Z`

/** `2026-05-03`. */
export const dateOf = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 10)

export const microsOf = (instantMs: number): bigint => BigInt(instantMs) * 1000n

export const msOf = (iso: string): number => Date.parse(iso)

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "30 April", with its year when it is not the year of `nowMs`. */
export function dayText(instantMs: number, nowMs: number): string {
  const day = new Date(instantMs)
  const text = `${day.getUTCDate()} ${months[day.getUTCMonth()]}`
  return day.getUTCFullYear() === new Date(nowMs).getUTCFullYear() ? text : `${text} ${day.getUTCFullYear()}`
}

/** "1 to 28 January 2026", "29 December 2025 to 25 January 2026"; `toMs` is the instant after it. */
export function spanText(fromMs: number, toMs: number): string {
  const from = new Date(fromMs)
  const last = new Date(toMs - 1)
  const end = `${last.getUTCDate()} ${months[last.getUTCMonth()]} ${last.getUTCFullYear()}`
  if (dateOf(fromMs) === dateOf(toMs - 1)) return end
  if (from.getUTCFullYear() !== last.getUTCFullYear())
    return `${from.getUTCDate()} ${months[from.getUTCMonth()]} ${from.getUTCFullYear()} to ${end}`
  if (from.getUTCMonth() !== last.getUTCMonth())
    return `${from.getUTCDate()} ${months[from.getUTCMonth()]} to ${end}`
  return `${from.getUTCDate()} to ${end}`
}
