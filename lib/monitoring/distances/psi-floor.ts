import { chiSquareQuantile } from './special-functions'

/**
 * The PSI that chance alone passes in 1 of 100 windows without drift: with k bins, PSI·nm/(n+m) follows
 * chi²(k−1), so the floor is chi²₀.₉₉(k−1)·(1/n + 1/m) (Yurdakul & Naranjo, J. Risk Model Valid. 14, 2020).
 * 0 for one bin; null when a side has no rows.
 */
export function psiFloor(bins: number, n: number, m: number, quantile = 0.99): number | null {
  if (n === 0 || m === 0) return null
  return chiSquareQuantile(quantile, Math.max(0, bins - 1)) * (1 / n + 1 / m)
}

/** (k−1)·(1/n + 1/m): the PSI to expect without drift. */
export const psiExpected = (bins: number, n: number, m: number): number => (bins - 1) * (1 / n + 1 / m)
