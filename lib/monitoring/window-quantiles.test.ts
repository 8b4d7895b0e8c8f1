import { describe, expect, it } from 'vitest'
import { quantileType7 } from './distances/bins'
import { freezeNumeric, profileNumeric } from './distances/profile'
import { uniformGenerator } from './distances/random'
import { windowQuantiles } from './window-quantiles'

const next = uniformGenerator(11)
const spread = (rows: number, low: number, high: number) =>
  Array.from({ length: rows }, () => low + (high - low) * next())
const frame = freezeNumeric(Float64Array.from(spread(4000, 0, 100)).sort())
const quantilesOf = (values: number[], of = frame) => windowQuantiles(profileNumeric(values, of))

describe('windowQuantiles', () => {
  it('comes as near to the exact ones as an edge of the grid', () => {
    const values = spread(900, 10, 60)
    const sorted = Float64Array.from(values).sort()
    for (const { p, value } of quantilesOf(values) ?? []) {
      expect(Math.abs(value - quantileType7(sorted, p * 100, 100))).toBeLessThan(1)
    }
    expect(quantilesOf(values)?.map(({ p }) => p)).toEqual([0.1, 0.25, 0.5, 0.75, 0.9])
  })

  it('stays within the least and greatest value, also far outside the reference', () => {
    const found = quantilesOf([500, 510, 520, -300, -310])?.map(({ value }) => value) ?? []
    expect(Math.min(...found)).toBeGreaterThanOrEqual(-310)
    expect(Math.max(...found)).toBeLessThanOrEqual(520)
  })

  it('says the value itself where values are few and repeat', () => {
    const few = Array.from({ length: 401 }, (_, index) => index % 4)
    const of = freezeNumeric(Float64Array.from(few).sort())
    expect(quantilesOf(few, of)?.map(({ value }) => value)).toEqual([0, 0, 1, 2, 3])
    expect(quantilesOf([7, 7, 7])?.map(({ value }) => value)).toEqual([7, 7, 7, 7, 7])
  })

  it('tells no extreme where none may be told', () => {
    const profile = profileNumeric([...spread(40, 10, 60), ...Array(60).fill(500), 9_999], frame)
    expect(Math.max(...(windowQuantiles(profile)?.map(({ value }) => value) ?? []))).toBeGreaterThan(5000)
    expect(windowQuantiles(profile, true)?.at(-1)?.value).toBeCloseTo((60 * 500 + 9_999) / 61, 6)
  })

  it('knows nothing of a window without values', () => {
    expect(quantilesOf([])).toBeNull()
    expect(windowQuantiles({ kind: 'boolean', rows: 3, missing: 0, trues: 1 })).toBeNull()
  })
})
