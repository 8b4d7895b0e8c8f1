import { describe, expect, it } from 'vitest'
import { bucketOf, latencyBuckets, latencyQuantile } from './latency'

const counted = (durations: readonly number[]): number[] => {
  const counts = new Array<number>(latencyBuckets).fill(0)
  for (const duration of durations) counts[bucketOf(duration)] = (counts[bucketOf(duration)] ?? 0) + 1
  return counts
}

describe('latency', () => {
  it('tells quantiles within the width of a bucket', () => {
    const durations = Array.from({ length: 10_000 }, (_, at) => 0.3 * 1.0006 ** at)
    for (const share of [0.01, 0.5, 0.9, 0.99]) {
      const exact = durations[Math.floor(share * durations.length)] ?? 0
      const told = latencyQuantile(counted(durations), share) ?? 0
      expect(told / exact).toBeGreaterThan(0.84)
      expect(told / exact).toBeLessThan(1.19)
    }
  })

  it('keeps what is shorter or longer than its buckets in the outer ones', () => {
    expect([0, -1, Number.NaN, 0.05].map(bucketOf)).toEqual([0, 0, 0, 0])
    expect(bucketOf(0.051)).toBe(1)
    expect(bucketOf(1e9)).toBe(latencyBuckets - 1)
    expect(latencyQuantile(counted([0.02]), 1)).toBe(0.05)
  })

  it('has no duration where nothing was asked', () => {
    expect(latencyQuantile([], 0.5)).toBeNull()
    expect(latencyQuantile(new Array(latencyBuckets).fill(0), 0.99)).toBeNull()
  })
})
