import {
  hellinger,
  jsDistanceBase2,
  klDivergence,
  lInfinity,
  psi,
  psiJeffreys,
  totalVariation,
} from './divergences'
import { type CategorySample, type DataStatus, dataStatus, nullRate, readCategorySample } from './samples'
import { sum } from './sums'
import { chiSquareHomogeneity, type Homogeneity, type RateTest, twoProportionZ } from './tests-of-rates'

/** Order by Unicode code point; `<` compares UTF-16 units, which puts U+1F600 before U+FF21. */
export function compareCodePoints(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length)
  for (let i = 0; i < shorter; i += 1) {
    const apart = rankOfUnit(a.charCodeAt(i)) - rankOfUnit(b.charCodeAt(i))
    if (apart !== 0) return apart
  }
  return a.length - b.length
}

/** Surrogates stand for what lies beyond all other units. */
const rankOfUnit = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit)

/** A category with its rows on both sides. */
export type CategoryCount<T> = [value: T, reference: number, window: number]

/** Union of both sides' categories: most frequent in the reference first, then in the window, then by code point. */
export function unionCounts<T extends string | boolean>(
  reference: ReadonlyMap<T, number>,
  window: ReadonlyMap<T, number>,
): CategoryCount<T>[] {
  return [...new Set([...reference.keys(), ...window.keys()])]
    .map((value): CategoryCount<T> => [value, reference.get(value) ?? 0, window.get(value) ?? 0])
    .sort((a, b) => b[1] - a[1] || b[2] - a[2] || compareCodePoints(String(a[0]), String(b[0])))
}

/** The `top` most frequent reference categories (ties by code point) and, if it has rows, one bin for the rest. */
function topAndOther<T extends string | boolean>(
  counts: readonly CategoryCount<T>[],
  top = 20,
): { reference: number[]; window: number[] } {
  const ranked = [...counts]
    .filter(([, r]) => r > 0)
    .sort((a, b) => b[1] - a[1] || compareCodePoints(String(a[0]), String(b[0])))
    .slice(0, top)
  const reference = ranked.map(([, r]) => r)
  const window = ranked.map(([, , w]) => w)
  const otherReference = sum(counts.map(([, r]) => r)) - sum(reference)
  const otherWindow = sum(counts.map(([, , w]) => w)) - sum(window)
  if (otherReference + otherWindow === 0) return { reference, window }
  return { reference: [...reference, otherReference], window: [...window, otherWindow] }
}

interface CategorySide {
  rows: number
  present: number
  nullRate: number | null
  distinct: number
}

/** Distances over the union of categories, missing values left out. */
interface CategoryDistances<T> {
  psi: number | null
  psiJeffreys: number | null
  psiWithNullBin: number | null
  psiTop20Other: number | null
  klReferenceWindow: number | null
  klWindowReference: number | null
  jsDistanceBase2: number | null
  hellinger: number | null
  totalVariation: number | null
  /** L∞ with the value that moved most; its change is window − reference. */
  lInfinity: { distance: number; value: T; change: number } | null
  homogeneity: Homogeneity | null
}

export interface CategoryComparison<T> {
  status: DataStatus
  reference: CategorySide
  window: CategorySide
  nulls: RateTest | null
  counts: CategoryCount<T>[]
  newValues: T[]
  vanishedValues: T[]
  /** Share of present window rows whose value the reference never had. */
  newValueShare: number | null
  /** Null unless the status is ok. */
  distances: CategoryDistances<T> | null
}

/** Compares two whole columns of categories or booleans by exact equality: no trimming, folding or normalising. */
export function compareCategorySamples<T extends string | boolean>(
  reference: readonly (T | null)[],
  window: readonly (T | null)[],
): CategoryComparison<T> {
  const r = readCategorySample(reference)
  const w = readCategorySample(window)
  const counts = unionCounts(r.counts, w.counts)
  const fresh = counts.filter(([, inReference]) => inReference === 0)
  const gone = counts.filter(([, , inWindow]) => inWindow === 0)
  const status = dataStatus(r.rows - r.missing, w.rows - w.missing)
  const byCodePoint = (list: CategoryCount<T>[]) =>
    list.map(([value]) => value).sort((a, b) => compareCodePoints(String(a), String(b)))
  const present = w.rows - w.missing
  return {
    status,
    reference: describe(r),
    window: describe(w),
    nulls: twoProportionZ(r.missing, r.rows, w.missing, w.rows),
    counts,
    newValues: byCodePoint(fresh),
    vanishedValues: byCodePoint(gone),
    newValueShare: present === 0 ? null : sum(fresh.map(([, , inWindow]) => inWindow)) / present,
    distances: status === 'ok' ? distancesOf(counts, r.missing, w.missing) : null,
  }
}

/** A boolean comparison adds the true rates among present rows and their two-proportion z. */
export interface BooleanComparison extends CategoryComparison<boolean> {
  trueRateReference: number | null
  trueRateWindow: number | null
  trueRate: RateTest | null
}

export function compareBooleanSamples(
  reference: readonly (boolean | null)[],
  window: readonly (boolean | null)[],
): BooleanComparison {
  const comparison = compareCategorySamples(reference, window)
  const [, truesReference, truesWindow] = comparison.counts.find(([value]) => value) ?? [true, 0, 0]
  const n = comparison.reference.present
  const m = comparison.window.present
  return {
    ...comparison,
    trueRateReference: n === 0 ? null : truesReference / n,
    trueRateWindow: m === 0 ? null : truesWindow / m,
    trueRate: twoProportionZ(truesReference, n, truesWindow, m),
  }
}

function describe<T>(sample: CategorySample<T>): CategorySide {
  const { rows, missing, counts } = sample
  return { rows, present: rows - missing, nullRate: nullRate(missing, rows), distinct: counts.size }
}

function distancesOf<T extends string | boolean>(
  counts: readonly CategoryCount<T>[],
  missingReference: number,
  missingWindow: number,
): CategoryDistances<T> {
  const p = counts.map(([, r]) => r)
  const q = counts.map(([, , w]) => w)
  const top = topAndOther(counts)
  const most = lInfinity(p, q)
  const moved = most && counts[most.index]
  return {
    psi: psi(p, q),
    psiJeffreys: psiJeffreys(p, q),
    psiWithNullBin: psi([...p, missingReference], [...q, missingWindow]),
    psiTop20Other: psi(top.reference, top.window),
    klReferenceWindow: klDivergence(p, q),
    klWindowReference: klDivergence(q, p),
    jsDistanceBase2: jsDistanceBase2(p, q),
    hellinger: hellinger(p, q),
    totalVariation: totalVariation(p, q),
    lInfinity: most && moved ? { distance: most.distance, value: moved[0], change: most.change } : null,
    homogeneity: chiSquareHomogeneity(p, q),
  }
}
