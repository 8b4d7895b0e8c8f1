import { Cron } from 'croner'
import { z } from 'zod'
import { durationSeconds } from './duration'

const minuteMilliseconds = 60_000

/** `0 1 * * *` (five fields, UTC) or an ISO 8601 duration of a minute and more, counted from 1970. */
type Schedule = { kind: 'cron'; cron: Cron } | { kind: 'every'; milliseconds: number }

function parseSchedule(text: string): Schedule | null {
  const seconds = durationSeconds(text)
  if (seconds !== null) {
    const milliseconds = seconds * 1000
    return milliseconds < minuteMilliseconds ? null : { kind: 'every', milliseconds }
  }
  try {
    const cron = new Cron(text, { timezone: 'UTC', mode: '5-part', paused: true })
    // One that never comes is a mistake: 30 February.
    return cron.nextRun(new Date()) === null ? null : { kind: 'cron', cron }
  } catch {
    return null
  }
}

function scheduleOf(text: string): Schedule {
  const schedule = parseSchedule(text)
  if (!schedule) throw new Error(`${text} is no schedule.`)
  return schedule
}

/** The latest instant of the schedule that is not later than `at`; null when there is none. */
export function latestDue(text: string, at: Date): Date | null {
  const schedule = scheduleOf(text)
  if (schedule.kind === 'every')
    return new Date(Math.floor(at.getTime() / schedule.milliseconds) * schedule.milliseconds)
  // Those before the next whole second: `at` itself is one of them.
  const [latest] = schedule.cron.previousRuns(1, new Date(Math.floor(at.getTime() / 1000) * 1000 + 1000))
  return latest ?? null
}

/** The first instant of the schedule after `at`. */
export function nextDue(text: string, at: Date): Date | null {
  const schedule = scheduleOf(text)
  if (schedule.kind === 'cron') return schedule.cron.nextRun(at)
  return new Date((Math.floor(at.getTime() / schedule.milliseconds) + 1) * schedule.milliseconds)
}

export const scheduleSchema = z
  .string()
  .max(200)
  .refine(
    (text) => parseSchedule(text) !== null,
    'must be a cron expression of five fields in UTC, such as `0 1 * * *`, or an ISO 8601 duration of a minute and more, such as PT1H',
  )
