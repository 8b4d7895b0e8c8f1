import { at } from './sums'

/** Step-up adjustment min over j ≥ i of p₍ⱼ₎·m·factor/j, at most 1, in the order of the input. */
function stepUp(pValues: readonly number[], factor: number): number[] {
  const m = pValues.length
  const descending = pValues.map((_, i) => i).sort((a, b) => at(pValues, b) - at(pValues, a))
  const adjusted = new Array<number>(m).fill(1)
  let least = 1
  for (const [position, i] of descending.entries()) {
    least = Math.min(least, (at(pValues, i) * m * factor) / (m - position))
    adjusted[i] = least
  }
  return adjusted
}

/**
 * Benjamini–Hochberg adjusted p-values (J. R. Stat. Soc. B 57, 1995): reject where adjusted ≤ alpha, and of
 * the rejected at most the share alpha is false. Ties allowed.
 */
export const benjaminiHochberg = (pValues: readonly number[]): number[] => stepUp(pValues, 1)

/** Benjamini–Yekutieli (Ann. Statist. 29, 2001): the same with Σ1/i, valid under any dependence. */
export const benjaminiYekutieli = (pValues: readonly number[]): number[] =>
  stepUp(
    pValues,
    pValues.reduce((total, _, i) => total + 1 / (i + 1), 0),
  )
