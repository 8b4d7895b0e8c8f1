/** Element `index`; a RangeError instead of undefined, since every caller counts within bounds. */
export function at(values: ArrayLike<number>, index: number): number {
  const value = values[index]
  if (value === undefined) throw new RangeError(`No element ${index} in ${values.length} values`)
  return value
}

/** Null instead of NaN or an infinity: "not computable", never a number on a page. */
export const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null)

/** Sum with Neumaier's compensation (Zeitschr. Angew. Math. Mech. 54, 1974), so that order hardly matters. */
export function sum(values: Iterable<number>): number {
  let total = 0
  let lost = 0
  for (const value of values) {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return Number.isFinite(total) ? total + lost : total
}

/** Mean and population standard deviation (÷ n); null where there are no values or a double cannot hold it. */
export interface Moments {
  mean: number | null
  sd: number | null
}

/**
 * mean = Σx/n and sd = √(Σd²/n − (Σd/n)²) with d = x − mean: two passes, since the one-pass Σx²/n − mean² loses
 * every digit at an offset of 1e15, and the second term because the mean itself is rounded there (Chan, Golub &
 * LeVeque 1983). Deviations are scaled by the largest, so that 1e200 does not overflow.
 */
export function moments(values: Float64Array): Moments {
  const n = values.length
  if (n === 0) return { mean: null, sd: null }
  const total = sum(values)
  const mean = Number.isFinite(total) ? total / n : sum(values.map((x) => x / n))
  const scale = values.reduce((most, x) => Math.max(most, Math.abs(x - mean)), 0)
  if (scale === 0) return { mean, sd: 0 }
  const deviations = values.map((x) => (x - mean) / scale)
  const variance = sum(deviations.map((d) => d * d)) / n - (sum(deviations) / n) ** 2
  return { mean: finiteOrNull(mean), sd: finiteOrNull(scale * Math.sqrt(Math.max(0, variance))) }
}
