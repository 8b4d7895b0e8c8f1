import { kolmogorovSf } from './special-functions'
import { at, finiteOrNull } from './sums'

/** Called at each different pooled value with how many of each side are ≤ it, and the gap to the next value. */
type Visit = (atMostA: number, atMostB: number, gap: number) => void

/** Walks two ascending samples as right-continuous distribution functions. */
function sweep(a: Float64Array, b: Float64Array, visit: Visit): void {
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const value = Math.min(a[i] ?? Infinity, b[j] ?? Infinity)
    while (i < a.length && at(a, i) <= value) i += 1
    while (j < b.length && at(b, j) <= value) j += 1
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity)
    visit(i, j, Number.isFinite(next) ? next - value : 0)
  }
}

/** Asymptotic p of a two-sample KS distance: Q(√(nm/(n+m))·D), no continuity correction (Smirnov 1948). */
export const ksPValue = (distance: number, n: number, m: number): number =>
  kolmogorovSf(Math.sqrt((n * m) / (n + m)) * distance)

/** Distances between the distribution functions F and G of two samples; null where not computable. */
export interface EcdfDistances {
  /** Kolmogorov–Smirnov D = sup|F−G|. */
  ks: number
  /** Wasserstein-1 = ∫|F−G|, in the feature's unit (Vallender 1974). */
  wasserstein: number | null
  /** √(2∫(F−G)²) (Székely & Rizzo 2013, scipy.stats.energy_distance). */
  energy: number | null
}

/** KS, Wasserstein-1 and energy distance of two ascending samples in one sweep; null when a side is empty. */
export function ecdfDistances(reference: Float64Array, window: Float64Array): EcdfDistances | null {
  const n = reference.length
  const m = window.length
  if (n === 0 || m === 0) return null
  let ks = 0
  let area = 0
  let squares = 0
  sweep(reference, window, (i, j, gap) => {
    const apart = Math.abs(i / n - j / m)
    ks = Math.max(ks, apart)
    area += apart * gap
    squares += apart * apart * gap
  })
  return { ks, wasserstein: finiteOrNull(area), energy: finiteOrNull(Math.sqrt(2 * squares)) }
}

/**
 * Wasserstein-1 ÷ the reference's population standard deviation: how many standard deviations moved. For a
 * constant reference 0 when nothing moved, else null (no unit to measure by).
 */
export function wassersteinOverSd(wasserstein: number | null, referenceSd: number | null): number | null {
  if (wasserstein === null || referenceSd === null) return null
  if (referenceSd === 0) return wasserstein === 0 ? 0 : null
  return finiteOrNull(wasserstein / referenceSd)
}

/**
 * Two-sample Cramér–von Mises T = U/(nm(n+m)) − (4nm−1)/(6(n+m)) with midranks for ties (Anderson 1962,
 * scipy.stats.cramervonmises_2samp). Null below two values a side.
 */
export function cramerVonMises(a: Float64Array, b: Float64Array): number | null {
  const n = a.length
  const m = b.length
  if (n < 2 || m < 2) return null
  let seenA = 0
  let seenB = 0
  let ofA = 0
  let ofB = 0
  sweep(a, b, (i, j) => {
    const midrank = (seenA + seenB + 1 + i + j) / 2
    for (; seenA < i; seenA += 1) ofA += (midrank - seenA - 1) ** 2
    for (; seenB < j; seenB += 1) ofB += (midrank - seenB - 1) ** 2
  })
  return (n * ofA + m * ofB) / (n * m * (n + m)) - (4 * n * m - 1) / (6 * (n + m))
}
