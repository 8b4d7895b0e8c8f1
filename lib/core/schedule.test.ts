import { expect, it } from 'vitest'
import { latestDue, nextDue, scheduleSchema } from './schedule'

const at = (text: string) => new Date(text)
const iso = (date: Date | null) => date?.toISOString()

it('knows the instants of a cron expression, in UTC, the given one among those that are due', () => {
  expect(iso(latestDue('0 1 * * *', at('2026-11-23T01:00:00Z')))).toBe('2026-11-23T01:00:00.000Z')
  expect(iso(latestDue('0 1 * * *', at('2026-11-23T00:59:59.999Z')))).toBe('2026-11-22T01:00:00.000Z')
  expect(iso(nextDue('0 1 * * *', at('2026-11-23T01:00:00Z')))).toBe('2026-11-24T01:00:00.000Z')
  expect(iso(latestDue('0 2 * * 0', at('2026-11-23T06:00:00Z')))).toBe('2026-11-22T02:00:00.000Z')
})

it('counts durations from 1970, so that every process agrees', () => {
  expect(iso(latestDue('PT6H', at('2026-11-23T05:59:00Z')))).toBe('2026-11-23T00:00:00.000Z')
  expect(iso(nextDue('PT6H', at('2026-11-23T06:00:00Z')))).toBe('2026-11-23T12:00:00.000Z')
})

it.each(['', 'daily', '* * * * * *', '61 * * * *', '0 0 30 2 *', 'PT30S', 'P1M', 'PT0S'])(
  'refuses %s',
  (text) => expect(scheduleSchema.safeParse(text).success).toBe(false),
)

it.each(['*/5 * * * *', '@daily', 'P1D', 'PT1M'])('takes %s', (text) =>
  expect(scheduleSchema.safeParse(text).success).toBe(true),
)
