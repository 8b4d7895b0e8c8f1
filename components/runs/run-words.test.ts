import { expect, it } from 'vitest'
import type { TransformationRunDetail } from '@/lib/ingestion/operations'
import { againBody, tookWords, windowWords } from './run-words'

const to = '2026-05-01T00:00:00.000000Z'

it('names the window; the first one has no beginning', () => {
  expect(windowWords({ from: '0001-01-01T00:00:00.000000Z', to })).toBe('all up to 2026-05-01 00:00')
  expect(windowWords({ from: '2026-04-30T06:30:00.000000Z', to })).toBe(
    '2026-04-30 06:30 to 2026-05-01 00:00',
  )
  expect(windowWords({ from: to, to })).toBe('none after 2026-05-01 00:00')
  expect(windowWords({ from: null, to: null })).toBe('from the last run on')
})

it('says how long a run took once it has ended', () => {
  const started_at = '2026-05-01T00:00:00.000000Z'
  expect(tookWords({ started_at, finished_at: '2026-05-01T00:00:02.500000Z' })).toBe('2.5 s')
  expect(tookWords({ started_at, finished_at: null })).toBeNull()
})

const run = (change: Partial<TransformationRunDetail>): TransformationRunDetail => ({
  job: '1',
  state: 'succeeded',
  trigger: 'schedule',
  from: '2026-04-30T00:00:00.000000Z',
  to,
  rows: 1,
  windows: 1,
  commit: 'c',
  progress: null,
  can_cancel: false,
  error: null,
  by: 'Mara Voss',
  created_at: to,
  started_at: to,
  finished_at: to,
  asked: {},
  computed: [],
  log: [],
  ...change,
})

it('runs a window again that stands, and otherwise what comes next', () => {
  expect(againBody(run({}))).toEqual({ from: '2026-04-30T00:00:00.000000Z', to })
  expect(againBody(run({ state: 'failed' }))).toEqual({})
  expect(againBody(run({ from: '0001-01-01T00:00:00.000000Z' }))).toEqual({})
  const asked = { from: '2026-04-01T00:00:00Z', step: 'P1D', gaps_only: true }
  expect(againBody(run({ asked, state: 'failed' }))).toEqual({ ...asked, gaps_only: false })
})
