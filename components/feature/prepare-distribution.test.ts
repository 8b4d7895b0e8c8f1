import { describe, expect, it } from 'vitest'
import { binsOf, foldCounts, miniCounts } from './prepare-distribution'

const statistics = {
  name: 'f',
  rows: 10,
  nulls: 0,
  distinct: 10,
  histogram: null,
  quantiles: null,
  top: [],
  other: 10,
  trues: null,
  lengths: null,
}
const quantiles = [
  { p: 0, value: -1 },
  { p: 1, value: 9 },
]

describe('binsOf', () => {
  it('closes the outer bins with the least and greatest value where those are shown', () => {
    const histogram = { edges: [2, 5], counts: [1, 2, 7] }
    expect(binsOf({ ...statistics, histogram, quantiles })).toEqual([
      { lower: -1, upper: 2, count: 1 },
      { lower: 2, upper: 5, count: 2 },
      { lower: 5, upper: 9, count: 7 },
    ])
    expect(binsOf({ ...statistics, histogram }).at(-1)).toEqual({ lower: 5, upper: null, count: 7 })
  })
})

describe('miniCounts', () => {
  it('draws truth values, bins and repeated values, and nothing where nothing repeats', () => {
    expect(miniCounts({ ...statistics, trues: 3 })).toEqual([7, 3])
    expect(miniCounts({ ...statistics, histogram: { edges: [1], counts: [4, 6] } })).toEqual([4, 6])
    expect(
      miniCounts({
        ...statistics,
        top: [
          { value: 'a', count: 6 },
          { value: 'b', count: 4 },
        ],
      }),
    ).toEqual([6, 4])
    expect(miniCounts({ ...statistics, top: [{ value: 'a', count: 1 }] })).toBeNull()
    expect(miniCounts({ ...statistics, nulls: 10 })).toBeNull()
  })
})

describe('foldCounts', () => {
  it('keeps every row in at most 14 bars', () => {
    const folded = foldCounts(Array.from({ length: 20 }, (_, index) => index))
    expect(folded).toHaveLength(10)
    expect(folded.reduce((sum, count) => sum + count, 0)).toBe(190)
  })
})
