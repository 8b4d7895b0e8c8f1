import { expect, it } from 'vitest'
import type { JobResource } from '@/lib/jobs/operations'
import { groupedCounts, reachedWords } from './job-words'

const job: JobResource = {
  id: 'a',
  kind: 'transformation',
  title: 'Backfill',
  state: 'cancelled',
  resource: { kind: 'group', name: 'routes' },
  environment: 'prod',
  progress: { done: 3, total: 122, message: '' },
  cancel_requested: true,
  attempts: 1,
  result: null,
  error: null,
  by: 'Mara Voss',
  created_at: '2026-05-01T00:00:00Z',
  started_at: null,
  finished_at: null,
}

it('says how far a job came that was ended, and that windows stay', () => {
  expect(reachedWords(job)).toBe('3 of 122 windows done and kept')
  expect(reachedWords({ ...job, kind: 'build-dataset' })).toBe('stopped at 3 of 122')
  expect(reachedWords({ ...job, state: 'succeeded' })).toBeNull()
  expect(reachedWords({ ...job, progress: null })).toBeNull()
})

it('groups the counts of a log, and no other number', () => {
  expect(groupedCounts('2026-06-25: 3275 rows in 1.6 s')).toMatch(/^2026-06-25: 3\D275 rows in 1\.6 s$/)
  expect(groupedCounts('12 rows')).toBe('12 rows')
})
