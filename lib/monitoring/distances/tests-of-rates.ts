import { chiSquareSf, normalTwoSidedP } from './special-functions'
import { at, sum } from './sums'

/** Signed z (window − reference) and its two-sided p. */
export interface RateTest {
  z: number
  p: number
}

/**
 * Two-proportion z with pooled variance: (x₂/m − x₁/n)/√(r(1−r)(1/n+1/m)), r = (x₁+x₂)/(n+m). z 0 and p 1
 * when the pooled variance is 0; null when a side has no rows. z² equals chi-square without Yates' correction.
 */
export function twoProportionZ(
  hitsReference: number,
  n: number,
  hitsWindow: number,
  m: number,
): RateTest | null {
  if (n === 0 || m === 0) return null
  const pooled = (hitsReference + hitsWindow) / (n + m)
  const variance = pooled * (1 - pooled) * (1 / n + 1 / m)
  if (variance === 0) return { z: 0, p: 1 }
  const z = (hitsWindow / m - hitsReference / n) / Math.sqrt(variance)
  return { z, p: normalTwoSidedP(z) }
}

/** Lower Wilson bound of a rate (Wilson 1927); z 1.96 for 95 %. Null without rows. */
export function wilsonLowerBound(hits: number, rows: number, z = 1.959963984540054): number | null {
  if (rows === 0) return null
  const rate = hits / rows
  const square = (z * z) / rows
  const spread = z * Math.sqrt((rate * (1 - rate)) / rows + square / (4 * rows))
  return Math.max(0, (rate + square / 2 - spread) / (1 + square))
}

/** Pearson's chi-square test of homogeneity on a 2×K table of counts. */
export interface Homogeneity {
  statistic: number
  dof: number
  p: number
  /** With Yates' correction; for two categories only, shown beside tools that apply it by default. */
  pYates: number | null
  /** √(chi²/N), N = rows of both sides; 0 to 1 since the table has two rows (Cramér 1946). */
  cramersV: number
  /** Log-likelihood ratio 2·ΣO·ln(O/E). */
  g: number
  /** Below 5 the p-value is unreliable (Cochran 1954). */
  leastExpected: number
}

interface Cell {
  observed: number
  expected: number
}

/**
 * Chi-square homogeneity Σ(O−E)²/E over both sides and all categories with a row on either, dof K−1, no Yates
 * correction. One category: 0, dof 0, p 1. Null when a side has no rows.
 */
export function chiSquareHomogeneity(
  reference: readonly number[],
  window: readonly number[],
): Homogeneity | null {
  const n = sum(reference)
  const m = sum(window)
  if (n === 0 || m === 0) return null
  const cells = reference.flatMap((count, i): Cell[] => {
    const both = count + at(window, i)
    if (both === 0) return []
    return [
      { observed: count, expected: (n * both) / (n + m) },
      { observed: at(window, i), expected: (m * both) / (n + m) },
    ]
  })
  const dof = cells.length / 2 - 1
  const pearson = (correction: number) =>
    sum(cells.map(({ observed: o, expected: e }) => Math.max(0, Math.abs(o - e) - correction) ** 2 / e))
  const statistic = dof === 0 ? 0 : pearson(0)
  return {
    statistic,
    dof,
    p: chiSquareSf(statistic, dof),
    pYates: dof === 1 ? chiSquareSf(pearson(0.5), 1) : null,
    cramersV: Math.sqrt(statistic / (n + m)),
    g:
      dof === 0
        ? 0
        : 2 * sum(cells.map(({ observed: o, expected: e }) => (o === 0 ? 0 : o * Math.log(o / e)))),
    leastExpected: Math.min(...cells.map((cell) => cell.expected)),
  }
}
