import { formatNumber, plural } from '@/components/ui/format-number'
import { durationSeconds } from '@/lib/core/duration'
import { stringifyJson } from '@/lib/core/json'

const units: readonly [seconds: number, one: string][] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
]

/** "60 days", "1 day 12 hours" of an ISO 8601 duration. */
export function durationWords(text: string): string {
  let rest = durationSeconds(text)
  if (rest === null) return text
  const words: string[] = []
  for (const [seconds, one] of units) {
    const whole = Math.floor(rest / seconds)
    rest -= whole * seconds
    if (whole > 0) words.push(plural(whole, one))
  }
  return words.join(' ') || '0 seconds'
}

/** "every day", "every 6 hours". */
export const everyWords = (text: string): string => `every ${durationWords(text).replace(/^1 (?=\S+$)/, '')}`

const weekdays = ['Sundays', 'Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays']

/** "daily at 01:00", "every 6 hours"; null of a cron expression that is easier read as it is. */
export function scheduleWords(schedule: string): string | null {
  if (durationSeconds(schedule) !== null) return everyWords(schedule)
  const found = /^(\d{1,2}) (\d{1,2}|\*) \* \* ([0-7]|\*)$/.exec(schedule.trim())
  const [, minute = '', hour = '', day = ''] = found ?? []
  if (!found) return null
  if (hour === '*') return day === '*' ? `hourly, ${plural(Number(minute), 'minute')} past` : null
  const at = `at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  return `${day === '*' ? 'daily' : weekdays[Number(day) % 7]} ${at}`
}

/** A value as the interface writes it, without the quotes of a text. */
export function exactText(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  return typeof value === 'string' ? value : stringifyJson(value)
}

/** A value among words, where an empty text would not be seen. */
export const wordText = (value: unknown): string => (value === '' ? '(empty text)' : exactText(value))

/** An extreme among other measures: numbers as those are written, everything else as it is. */
export const measuredText = (value: unknown): string =>
  typeof value === 'number' ? formatNumber(value, 6) : wordText(value)

/** A value for a narrow cell: floats to six digits, everything else as it is. */
export const shortText = (value: unknown): string =>
  typeof value === 'number' && !Number.isInteger(value) ? formatNumber(value, 6) : exactText(value)

const actorWords: Record<string, string> = {
  user: 'person',
  key: 'API key',
  apiKey: 'API key',
  job: 'job',
  system: 'the portal itself',
}

export const readerKind = (kind: string): string => actorWords[kind] ?? kind

/** What a training dataset takes of a group: "3 features"; of one that gives its rows alone, those. */
export const takenWords = (features: readonly string[]): string =>
  features.length === 0 ? 'its rows' : plural(features.length, 'feature')

const viaWords: Record<string, string> = {
  ui: 'on a page',
  api: 'by the API',
  cli: 'by command',
  job: 'by a job',
}

export const viaWord = (via: string): string => viaWords[via] ?? `by ${via}`
