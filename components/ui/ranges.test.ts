import { expect, test } from 'vitest'
import { rangesWithin } from './ranges'

test('what is marked in a name is marked in the parts that it is drawn in', () => {
  const name = 'airport_delays:mean_delay_7d'
  const ranges = [
    [8, 13],
    [20, 25],
  ] as const
  expect(rangesWithin(ranges, 0, 14)).toEqual([[8, 13]])
  expect(rangesWithin(ranges, 15, name.length)).toEqual([[5, 10]])
  expect(rangesWithin([[10, 20]], 0, 14), 'a mark over the seam is cut').toEqual([[10, 14]])
  expect(rangesWithin(ranges, 14, 15)).toEqual([])
})
