import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binCounts, binIndex, freezeBins, frozenCounts, gridEdges, quantileEdges } from './bins'
import { poolRare } from './categories'
import { compareCodePoints } from './category-samples'
import * as distances from './divergences'
import { ksPValue } from './ecdf'
import { compareEmbeddings, mmdPermutationP } from './embeddings'
import { compareNumericSamples } from './numeric-samples'
import { chiSquareQuantile, chiSquareSf, erfc } from './special-functions'
import { moments } from './sums'
import { normals } from './testing/generated-samples'
import { chiSquareHomogeneity, twoProportionZ, wilsonLowerBound } from './tests-of-rates'

const sorted = (...values: number[]) => Float64Array.from(values).sort()

describe('bins', () => {
  it('keep edges on data points, where a rounded index would leave them', () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => i * 0.1)
    expect(quantileEdges(values)).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900].map((i) => i * 0.1))
  })
  it('are right-closed and open at both ends', () => {
    expect(binCounts([0, 10], [-5, 0, 0.1, 10, 10.1])).toEqual([2, 2, 1])
    expect(binIndex([], 3)).toBe(0)
  })
  it('do not overflow between edges of opposite sign', () => {
    expect(quantileEdges(sorted(-1.7e308, 1.7e308)).every(Number.isFinite)).toBe(true)
  })
  it('of at most 20 values are the values, with one more for all others', () => {
    const bins = freezeBins(sorted(3, 1, 1, 2))
    expect(bins).toEqual({ method: 'discrete', edges: [1, 2, 3] })
    expect(frozenCounts(bins, sorted(0, 1, 1.5, 3, 3, 9))).toEqual([1, 0, 2, 3])
  })
  it('of zero-inflated values guard what falls below zero', () => {
    const values = sorted(...Array(80).fill(0), ...Array.from({ length: 21 }, (_, i) => i + 1))
    const bins = freezeBins(values)
    expect(bins.method).toBe('quantile_low_guard')
    const counts = frozenCounts(bins, sorted(-3, -2, 0, 0, 0, 1))
    expect(counts.slice(0, 2)).toEqual([2, 3])
    expect(counts).toHaveLength(bins.edges.length + 2)
  })
  it('on the grid run from the minimum to the maximum', () => {
    const edges = gridEdges(sorted(...normals(1, 5000)))
    expect(edges).toHaveLength(200)
    expect([gridEdges(sorted(7)), gridEdges(sorted())]).toEqual([[7], []])
  })
})

const counts = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 30 })
const withRows = counts.filter((bins) => bins.some(([p]) => p > 0) && bins.some(([, q]) => q > 0))

describe('distances of counts', () => {
  it('are null, not 0, when a side has no rows', () => {
    const { psi, psiJeffreys, klDivergence, jsDistanceBase2, hellinger, totalVariation, lInfinity } =
      distances
    for (const distance of [
      psi,
      psiJeffreys,
      klDivergence,
      jsDistanceBase2,
      hellinger,
      totalVariation,
      lInfinity,
    ]) {
      expect(distance([0, 0], [1, 2])).toBeNull()
      expect(distance([1, 2], [0, 0])).toBeNull()
    }
    expect(distances.psiContributions([0], [1])).toBeNull()
    expect(chiSquareHomogeneity([0, 0], [1, 2])).toBeNull()
    expect(twoProportionZ(0, 0, 1, 2)).toBeNull()
  })

  it('stay in their range, agree with each other and do not care which side is which', () => {
    fc.assert(
      fc.property(withRows, (bins) => {
        const p = bins.map(([one]) => one)
        const q = bins.map(([, other]) => other)
        const psi = distances.psi(p, q) ?? -1
        expect(psi).toBeGreaterThanOrEqual(0)
        expect(distances.psiContributions(p, q)?.reduce((a, b) => a + b, 0)).toBeCloseTo(psi, 9)
        const kl = (distances.klDivergence(p, q) ?? 0) + (distances.klDivergence(q, p) ?? 0)
        expect(kl).toBeCloseTo(psi, 9)
        const [js, h, tvd] = [distances.jsDistanceBase2, distances.hellinger, distances.totalVariation].map(
          (d) => {
            expect(d(q, p)).toBeCloseTo(d(p, q) ?? -1, 9)
            return d(p, q) ?? -1
          },
        )
        for (const bounded of [js, h, tvd]) {
          expect(bounded).toBeGreaterThanOrEqual(0)
          expect(bounded).toBeLessThanOrEqual(1 + 1e-12)
        }
        const move = distances.lInfinity(p, q)
        expect(Math.abs(move?.change ?? -1)).toBe(move?.distance)
      }),
    )
  })

  it('name the bin that moved most and its direction', () => {
    expect(distances.lInfinity([5, 4, 1], [1, 4, 5])).toEqual({ distance: 0.4, index: 0, change: -0.4 })
  })
})

describe('special functions', () => {
  it('meet where one form takes over from the other', () => {
    expect(erfc(2.5 - 1e-12) / erfc(2.5)).toBeCloseTo(1, 10)
    expect(erfc(-1) + erfc(1)).toBeCloseTo(2, 14)
  })
  it('invert each other', () => {
    for (const dof of [1, 2, 9, 19, 199]) {
      expect(chiSquareSf(chiSquareQuantile(0.99, dof), dof)).toBeCloseTo(0.01, 12)
    }
    expect(chiSquareQuantile(0.99, 0)).toBe(0)
  })
  it('do not overflow at thousands of degrees of freedom', () => {
    expect(chiSquareSf(5000, 5000)).toBeCloseTo(0.4973, 3)
    expect(ksPValue(0, 10, 10)).toBe(1)
  })
})

describe('columns', () => {
  it('of huge values get numbers or null, never NaN or infinity', () => {
    expect(moments(sorted(1e200, -1e200, 1e200)).sd).toBeCloseTo(9.428090415820634e199, -190)
    const huge = compareNumericSamples([1.7e308, -1.7e308], [1.7e308, 0])
    const numbers = [...Object.values(huge.reference), ...Object.values(huge.distances ?? {})]
    expect(numbers.filter((x) => typeof x === 'number' && !Number.isFinite(x))).toEqual([])
  })
  it('sort categories by code point, not by UTF-16 unit', () => {
    expect(['Ａ', '😀', 'a', 'ab'].sort(compareCodePoints)).toEqual(['a', 'ab', 'Ａ', '😀'])
  })
})

describe('rare categories', () => {
  it('are pooled until they are expected five times', () => {
    const pooled = poolRare([500, 30, ...Array(40).fill(1)], [520, 20, ...Array(40).fill(0)])
    expect(pooled.reference.reduce((a, b) => a + b, 0)).toBe(570)
    expect(chiSquareHomogeneity(pooled.reference, pooled.window)?.leastExpected).toBeGreaterThanOrEqual(5)
    expect(poolRare([100, 1], [100, 0])).toEqual({ reference: [101], window: [100] })
    expect(poolRare([100, 100], [90, 110])).toEqual({ reference: [100, 100], window: [90, 110] })
  })
})

describe('embeddings', () => {
  const cloud = (seed: number, n: number, at = 0) => {
    const values = normals(seed, n * 4, at)
    return Array.from({ length: n }, (_, i) => values.slice(i * 4, i * 4 + 4))
  }
  it('that moved are told from those that did not', () => {
    expect(mmdPermutationP(cloud(1, 60), cloud(2, 60, 1))).toBeLessThan(0.01)
    expect(mmdPermutationP(cloud(1, 60), cloud(3, 60))).toBeGreaterThan(0.05)
    expect(mmdPermutationP(cloud(1, 60), cloud(3, 1))).toBeNull()
    expect(compareEmbeddings(cloud(1, 60), cloud(2, 60, 1)).centroidOverRadius).toBeGreaterThan(0.5)
  })
  it('without rows on a side have a status and no numbers', () => {
    expect(compareEmbeddings(cloud(1, 5), [])).toMatchObject({
      status: 'no_data_current',
      dimension: 4,
      centroidDistance: null,
      mmd: null,
      energySquared: null,
      movedDimensionShare: null,
    })
  })
  it('of different dimensions are refused', () => {
    expect(() => compareEmbeddings([[1, 2]], [[1, 2, 3]])).toThrow(RangeError)
  })
})

describe("Wilson's lower bound", () => {
  it('is below the rate and never below 0', () => {
    // Newcombe (1998), table I: 81 of 263, 95 %.
    expect(wilsonLowerBound(81, 263)).toBeCloseTo(0.2553, 4)
    expect(wilsonLowerBound(0, 20)).toBe(0)
    expect(wilsonLowerBound(0, 0)).toBeNull()
  })
})
