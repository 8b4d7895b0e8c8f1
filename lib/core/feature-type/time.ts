import { accepted, type Conversion, refused, shown } from './types'

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const timePattern =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))?$/

const earliestSecond = -62_135_596_800
const latestSecond = 253_402_300_799

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isRealDate(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false
  return day <= (month === 2 && isLeap(year) ? 29 : (daysInMonth[month - 1] ?? 0))
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar (Howard Hinnant, days_from_civil). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** `YYYY-MM-DD` that exists in the calendar. */
export function convertDate(text: string): Conversion {
  const match = datePattern.exec(text)
  if (!match) return refused('type', `${shown(text)} is not a date (YYYY-MM-DD)`)
  if (!isRealDate(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return refused('range', `${shown(text)} is not in the calendar`)
  }
  return accepted(text)
}

/**
 * RFC 3339 text → microseconds since 1970 UTC. Without an offset it is UTC; a bare date is its 00:00 UTC.
 * Refused: anything else, instants that do not exist, digits beyond the microsecond that are not zero.
 */
export function convertTimestamp(text: string): Conversion {
  const match = timePattern.exec(text)
  if (!match) return bareDate(text)
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Six
  if (!isRealDate(year, month, day)) return refused('range', `${shown(text)} is not in the calendar`)
  if (hour > 23 || minute > 59 || second > 59) {
    return refused(
      'range',
      `${shown(text)} is not a time of day${second === 60 ? ' (leap seconds cannot be kept)' : ''}`,
    )
  }
  const fraction = match[7] ?? ''
  if (fraction.length > 6 && /[1-9]/.test(fraction.slice(6))) {
    return refused('precision', `${shown(text)} is finer than a microsecond`)
  }
  const offsetHours = Number(match[9] ?? 0)
  const offsetMinutes = Number(match[10] ?? 0)
  if (offsetHours > 23 || offsetMinutes > 59) return refused('range', `${shown(text)} has no valid offset`)
  const offset = (offsetHours * 3600 + offsetMinutes * 60) * (match[8] === '-' ? -1 : 1)
  const seconds = daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  if (seconds < earliestSecond || seconds > latestSecond) {
    return refused('range', `${shown(text)} lies outside the years 1 to 9999 in UTC`)
  }
  return accepted(BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0')))
}

/** The pattern has these six groups in every match. */
type Six = [number, number, number, number, number, number]

function bareDate(text: string): Conversion {
  const match = datePattern.exec(text)
  if (!match) {
    return refused(
      'type',
      `${shown(text)} is not an RFC 3339 time (2026-01-31T08:30:00Z) or a date (YYYY-MM-DD)`,
    )
  }
  const date = convertDate(text)
  if (!date.ok) return date
  const days = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]))
  return accepted(BigInt(days) * 86_400_000_000n)
}

/** Microseconds since 1970 UTC → `YYYY-MM-DDTHH:MM:SS.ffffffZ`. Years 1 to 9999. */
export function formatTimestamp(micros: bigint): string {
  let milliseconds = micros / 1000n
  let rest = micros % 1000n
  if (rest < 0n) {
    rest += 1000n
    milliseconds -= 1n
  }
  const iso = new Date(Number(milliseconds)).toISOString()
  return `${iso.slice(0, 23)}${String(rest).padStart(3, '0')}Z`
}

/** A JavaScript instant as microseconds since 1970 UTC. */
export const microsFromDate = (date: Date): bigint => BigInt(date.getTime()) * 1000n

/**
 * An event time of a request: microseconds since 1970 UTC. `end` makes a bare date mean its last microsecond,
 * as the end of a range. Null when the text is no time.
 */
export function parseEventTime(text: string, end = false): bigint | null {
  const result = convertTimestamp(text)
  if (!result.ok || typeof result.value !== 'bigint') return null
  return end && datePattern.test(text) ? result.value + 86_399_999_999n : result.value
}
