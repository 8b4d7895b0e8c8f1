import { at, sum } from './sums'

/** Smallest share in PSI and Kullback–Leibler, so that an empty bin does not make them infinite. */
const SHARE_FLOOR = 1e-4

type Counts = readonly number[]

/** Counts of both sides as shares; null when a side is empty, since no effect is computed from no rows. */
function sharePairs(reference: Counts, window: Counts): [p: number, q: number][] | null {
  if (reference.length !== window.length) throw new RangeError('Both sides need counts on the same bins')
  const n = sum(reference)
  const m = sum(window)
  if (n === 0 || m === 0) return null
  return reference.map((count, i) => [count / n, at(window, i) / m])
}

function total(reference: Counts, window: Counts, term: (p: number, q: number) => number): number | null {
  const pairs = sharePairs(reference, window)
  return pairs && sum(pairs.map(([p, q]) => term(p, q)))
}

const floored = (share: number) => Math.max(share, SHARE_FLOOR)

const psiTerm = (p: number, q: number) => (q - p) * Math.log(q / p)

/** Each bin's term (q−p)·ln(q/p) of the PSI, shares floored at 1e-4: what the bars beneath a drift chart show. */
export function psiContributions(reference: Counts, window: Counts): number[] | null {
  return sharePairs(reference, window)?.map(([p, q]) => psiTerm(floored(p), floored(q))) ?? null
}

/**
 * Population stability index Σ(q−p)·ln(q/p), natural logarithm, shares floored at 1e-4 and not renormalised
 * (Siddiqi, Credit Risk Scorecards, 2006). Equals KL(p‖q) + KL(q‖p).
 */
export const psi = (reference: Counts, window: Counts): number | null =>
  total(reference, window, (p, q) => psiTerm(floored(p), floored(q)))

/**
 * The PSI with Jeffreys' shares (c+½)/(N+k/2), k bins, in place of the floor: smoothing that knows the sample's
 * size, without a cliff.
 */
export function psiJeffreys(reference: Counts, window: Counts): number | null {
  if (sum(reference) === 0 || sum(window) === 0) return null
  const smoothed = (counts: Counts) => counts.map((count) => count + 0.5)
  return total(smoothed(reference), smoothed(window), psiTerm)
}

/** Kullback–Leibler divergence Σp·ln(p/q) in nats of `to` from `from`, shares floored as in the PSI. */
export const klDivergence = (from: Counts, to: Counts): number | null =>
  total(from, to, (p, q) => floored(p) * Math.log(floored(p) / floored(q)))

const log2Ratio = (share: number, mean: number) => (share === 0 ? 0 : share * Math.log2(share / mean))

/**
 * Jensen–Shannon distance, base 2: √(½Σp·log₂(p/m) + ½Σq·log₂(q/m)), m = (p+q)/2, 0·log 0 = 0; from 0 to 1
 * (Lin 1991; Endres & Schindelin 2003 for the root).
 */
export function jsDistanceBase2(reference: Counts, window: Counts): number | null {
  const divergence = total(reference, window, (p, q) => {
    const mean = (p + q) / 2
    return (log2Ratio(p, mean) + log2Ratio(q, mean)) / 2
  })
  return divergence && Math.sqrt(Math.max(0, divergence))
}

/** Hellinger distance √(½Σ(√p−√q)²), from 0 to 1. */
export function hellinger(reference: Counts, window: Counts): number | null {
  const squares = total(reference, window, (p, q) => (Math.sqrt(p) - Math.sqrt(q)) ** 2)
  return squares && Math.sqrt(squares / 2)
}

/** Total variation distance ½Σ|p−q|, from 0 to 1. */
export function totalVariation(reference: Counts, window: Counts): number | null {
  const moved = total(reference, window, (p, q) => Math.abs(p - q))
  return moved && moved / 2
}

/** L∞ = max|p−q| with the bin that moved most and its signed change of share (window − reference). */
export interface LargestMove {
  distance: number
  index: number
  change: number
}

export function lInfinity(reference: Counts, window: Counts): LargestMove | null {
  const pairs = sharePairs(reference, window)
  if (!pairs) return null
  let most: LargestMove = { distance: 0, index: 0, change: 0 }
  for (const [index, [p, q]] of pairs.entries()) {
    if (Math.abs(q - p) > most.distance) most = { distance: Math.abs(q - p), index, change: q - p }
  }
  return most
}
