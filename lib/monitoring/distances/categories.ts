import { unionCounts } from './category-samples'
import { type CategoricalProfile, presentRows } from './profile'
import { at, sum } from './sums'

/** Above this many categories the bins are the reference's top 20 and one for the rest. */
const CATEGORY_LIMIT = 50
const TOP = 20

/** Two categorical profiles as counts on the same bins; the last label is null for "other". */
export interface AlignedCategories {
  labels: (string | null)[]
  reference: number[]
  window: number[]
}

/** Bins = the union of categories; above 50, or when a side has unlisted rows, the reference's top 20 and other. */
export function alignCategories(
  reference: CategoricalProfile,
  window: CategoricalProfile,
): AlignedCategories {
  const union = unionCounts(new Map(reference.values), new Map(window.values))
  const whole = union.length <= CATEGORY_LIMIT && reference.other === 0 && window.other === 0
  const kept = whole ? union : union.filter(([, r]) => r > 0).slice(0, TOP)
  const aligned: AlignedCategories = {
    labels: kept.map(([value]) => value),
    reference: kept.map(([, r]) => r),
    window: kept.map(([, , w]) => w),
  }
  const others = [
    presentRows(reference) - sum(aligned.reference),
    presentRows(window) - sum(aligned.window),
  ] as const
  if (others[0] < 0 || others[1] < 0) throw new RangeError('Category counts exceed the rows')
  if (others[0] + others[1] === 0) return aligned
  return {
    labels: [...aligned.labels, null],
    reference: [...aligned.reference, others[0]],
    window: [...aligned.window, others[1]],
  }
}

/**
 * Share of the window's rows whose value the reference never had; null when the reference does not list all of its
 * values, since then a value outside the list is not news. A window lists every value of its reference, so whatever
 * else it has is new.
 */
export function newValueShare(reference: CategoricalProfile, window: CategoricalProfile): number | null {
  const rows = presentRows(window)
  if (reference.other > 0 || rows === 0) return null
  const known = new Set(reference.values.map(([value]) => value))
  return (rows - sum(window.values.map(([value, count]) => (known.has(value) ? count : 0)))) / rows
}

/**
 * Counts with the categories that would be expected fewer than `least` times on a side pooled into one, so that
 * the chi-square p holds (Cochran 1954); the pool takes in the next rarest until it is expected often enough.
 */
export function poolRare(reference: readonly number[], window: readonly number[], least = 5) {
  const n = sum(reference)
  const m = sum(window)
  const share = Math.min(n, m) / (n + m)
  const rarestFirst = reference
    .map((count, i) => ({ reference: count, window: at(window, i) }))
    .filter((cell) => cell.reference + cell.window > 0)
    .sort((a, b) => a.reference + a.window - b.reference - b.window)
  const pool = { reference: 0, window: 0, cells: 0 }
  const kept = rarestFirst.filter((cell) => {
    const pooled = pool.reference + pool.window
    const unripe = pool.cells > 0 && pooled * share < least
    if (!unripe && (cell.reference + cell.window) * share >= least) return true
    pool.reference += cell.reference
    pool.window += cell.window
    pool.cells += 1
    return false
  })
  const all = pool.cells > 0 ? [...kept, pool] : kept
  return { reference: all.map((cell) => cell.reference), window: all.map((cell) => cell.window) }
}
