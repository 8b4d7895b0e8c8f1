import { expect, test } from 'vitest'
import { type Day, type DayState, describeDay, summarizeDays } from './day-strip-summary'

const days = (...states: DayState[]): Day[] =>
  states.map((state, index) => ({ date: `2026-05-${String(index + 1).padStart(2, '0')}`, state }))

test('worst first, with the last bad day', () => {
  expect(summarizeDays(days('ok', 'fail', 'warn', 'no_data', 'ok', 'not_due'))).toBe(
    '6 days to 6 May: 1 failed, 1 warning, 2 ok, 1 no data, 1 not due; last failed 2 May',
  )
})

test('without a failure the last warning counts, without either nothing is named', () => {
  expect(summarizeDays(days('warn', 'ok'))).toBe('2 days to 2 May: 1 warning, 1 ok; last warning 1 May')
  expect(summarizeDays(days('no_data'))).toBe('1 day to 1 May: 1 no data')
  expect(summarizeDays([])).toBe('No days yet')
})

test('a day with its numbers', () => {
  expect(describeDay({ date: '2026-05-03', state: 'fail', detail: 'PSI 0.31 of 0.25' })).toBe(
    '3 May: failed, PSI 0.31 of 0.25',
  )
})
