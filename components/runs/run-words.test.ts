import { expect, it } from 'vitest'
import { outcomeWords, tookWords, windowWords } from './run-words'

const to = '2026-05-01T00:00:00.000000Z'

it('names the window; the first one has no beginning', () => {
  expect(windowWords({ from: '0001-01-01T00:00:00.000000Z', to })).toBe('all up to 2026-05-01 00:00')
  expect(windowWords({ from: null, to: null })).toBe('from the last run on')
  expect(windowWords({ from: '2026-04-30T06:30:00.000000Z', to })).toBe(
    '2026-04-30 06:30 to 2026-05-01 00:00',
  )
})

it('tells a run without rows from one with a commit', () => {
  const from = '2026-04-30T00:00:00Z'
  const windows = [{ from, to, rows: 1, commit: 'c' }]
  const run = { job: '1', group: 'g', version: 1, environment: 'prod', from, to, windows }
  expect(outcomeWords({ ...run, rows: 0, commit: null }).title).toBe('Nothing new')
  expect(outcomeWords({ ...run, rows: 1, commit: 'c' })).toEqual({
    title: '1 row computed',
    text: 'One commit for event times 2026-04-30 00:00 to 2026-05-01 00:00 UTC.',
  })
})

it('says how long a run took once it has ended', () => {
  const started_at = '2026-05-01T00:00:00.000000Z'
  expect(tookWords({ started_at, finished_at: '2026-05-01T00:00:02.500000Z' })).toBe('2.5 s')
  expect(tookWords({ started_at, finished_at: null })).toBeNull()
})
