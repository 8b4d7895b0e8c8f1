import { isConstant, type NumericProfile, presentRows } from './profile'
import { at, finiteOrNull } from './sums'

/** Both are exact but for crossings inside one grid bin, and then too small rather than too large. */
export interface GridDistances {
  wasserstein: number | null
  ks: number
}

/**
 * Wasserstein-1 and KS D from counts and sums on the reference's fine grid.
 * Over a bin (a, b], ∫F = b·F(b) − a·F(a) − Σx/n by parts, so each bin's ∫(F−G) is exact, and ∫|F−G| too unless
 * F crosses G inside it; the open ends need no bound, since F = G = 0 below and 1 above. D is taken at the edges
 * and just below the reference's minimum. Null without a grid or without rows on a side.
 */
export function gridDistances(reference: NumericProfile, window: NumericProfile): GridDistances | null {
  const n = presentRows(reference)
  const m = presentRows(window)
  const r = reference.grid
  const w = window.grid
  if (!r || !w || n === 0 || m === 0) return null
  if (isConstant(reference) && isConstant(window) && reference.min === window.min)
    return { wasserstein: 0, ks: 0 }
  let area = 0
  let ks = Math.abs(reference.belowMin / n - window.belowMin / m)
  let atMostReference = 0
  let atMostWindow = 0
  for (let bin = 0; bin <= r.edges.length; bin += 1) {
    const apartBefore = atMostReference / n - atMostWindow / m
    atMostReference += at(r.counts, bin)
    atMostWindow += at(w.counts, bin)
    const apart = atMostReference / n - atMostWindow / m
    const upper = bin < r.edges.length ? at(r.edges, bin) * apart : 0
    const lower = bin > 0 ? at(r.edges, bin - 1) * apartBefore : 0
    area += Math.abs(upper - lower - (at(r.sums, bin) / n - at(w.sums, bin) / m))
    ks = Math.max(ks, Math.abs(apart))
  }
  return { wasserstein: finiteOrNull(area), ks }
}
