import { expect, it } from 'vitest'
import { backfillBody, backfillEffects, daysIn, daysOf, windowsIn } from './backfill-words'

const range = { first: '2026-03-01', last: '2026-03-10', step: 'P7D', gapsOnly: true }

it('asks for whole days, and for the present day up to now', () => {
  expect(backfillBody(range, '2026-03-20')).toEqual({
    from: '2026-03-01T00:00:00Z',
    to: '2026-03-11T00:00:00.000Z',
    step: 'P7D',
    gaps_only: true,
  })
  expect(backfillBody(range, '2026-03-10')).not.toHaveProperty('to')
})

it('says how much it will do, and that a range which is none does nothing', () => {
  expect(daysIn(range)).toBe(10)
  expect(backfillEffects(range)[0]).toContain('10 days in up to 2 windows')
  expect(backfillEffects({ ...range, step: 'P1D', gapsOnly: false })[0]).toContain(
    '10 days in 10 windows, oldest',
  )
  expect(windowsIn({ ...range, first: '2026-03-04' })).toBe(2)
  expect(backfillEffects({ ...range, last: '2026-02-01' })).toHaveLength(1)
  expect(daysIn({ first: '', last: '2026-03-01' })).toBe(0)
})

it('knows the days of a gap', () => {
  const gap = { from: '2026-03-04T00:00:00.000000Z', to: '2026-03-06T00:00:00.000000Z' }
  expect(daysOf(gap)).toEqual({ first: '2026-03-04', last: '2026-03-05' })
})
