import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshness } from './freshness'
import { type JoinedRow, sameValue, skew } from './skew'
import { freshnessLimits } from './thresholds'
import { volume } from './volume'

const rows = (matching: number, differing: number): JoinedRow[] =>
  Array.from({ length: matching + differing }, (_, i) => ({
    key: String(i),
    eventTime: '2026-03-01T00:00:00Z',
    offline: i,
    online: i < matching ? i : i + 1,
  }))

describe('skew between the stores', () => {
  it('counts what is joined, and what one side alone has, apart', () => {
    const alone = { key: 'a', eventTime: '2026-03-01T00:00:00Z' }
    const found = skew([...rows(3, 1), { ...alone, offline: null }, { ...alone, online: 2 }, alone])
    expect(found).toMatchObject({ joined: 4, matches: 3, mismatches: 1, onlyOffline: 1, onlyOnline: 1 })
    expect(found.mismatchRate).toBe(0.25)
    expect(found.samples).toEqual(rows(3, 1).slice(3))
  })

  it('is judged on the lower bound, from 500 joined rows on', () => {
    expect(skew(rows(400, 99)).judged).toBe('low_confidence')
    expect(skew(rows(499, 1)).judged).toBe('ok')
    expect(skew(rows(9970, 30)).judged).toBe('warn')
    expect(skew(rows(9700, 300)).judged).toBe('fail')
    expect(skew(rows(9700, 300)).samples).toHaveLength(20)
    expect(skew([])).toMatchObject({ judged: 'no_data', mismatchRate: null, lowerBound: null })
  })

  it('compares numbers within a tolerance, everything else exactly', () => {
    const within = { absolute: 0.01, relative: 1e-6 }
    expect(sameValue(1e9, 1e9 + 500, within)).toBe(true)
    expect(sameValue(0, 0.011, within)).toBe(false)
    expect(sameValue(null, Number.NaN, within)).toBe(true)
    expect(sameValue(null, 0, within)).toBe(false)
    expect(sameValue('1', 1, within)).toBe(false)
    fc.assert(
      fc.property(fc.double(), fc.double(), (a, b) => {
        expect(sameValue(a, b, within)).toBe(sameValue(b, a, within))
        expect(sameValue(a, a, within)).toBe(true)
      }),
    )
  })
})

describe('volume', () => {
  it('is judged by the median of its weekday', () => {
    expect(volume(90, [100, 5, 120])).toEqual({ status: 'ok', expectedRows: 100, ratio: 0.9 })
    expect(volume(49, [100]).status).toBe('warn')
    expect(volume(501, [100]).status).toBe('fail')
    expect(volume(0, [100]).status).toBe('fail')
  })
  it('without a past is not judged', () => {
    expect(volume(5, [])).toEqual({ status: 'no_data', expectedRows: null, ratio: null })
    expect(volume(5, [0, 0, 9])).toMatchObject({ status: 'no_data', ratio: null })
  })
})

it('freshness is judged by the interval that the group keeps', () => {
  const hour = 3_600_000
  const after = (hours: number) => freshness(hours * hour, [0], freshnessLimits(3600)).status
  expect([after(1), after(1.5), after(2.9), after(3)]).toEqual(['ok', 'warn', 'warn', 'fail'])
})
