const SQRT_PI = Math.sqrt(Math.PI)

/**
 * Complementary error function, relative error below 1e-12 down to 1e-300.
 * Below 2.5 the series erf x = 2/√π·e^(−x²)·Σ 2ⁿx^(2n+1)/(2n+1)!! (Abramowitz & Stegun 7.1.6), all terms
 * positive; above it Laplace's continued fraction (7.1.14), evaluated from its tail.
 */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x)
  if (x < 2.5) {
    let term = x
    let total = x
    for (let n = 1; term > total * 1e-18; n += 1) {
      term *= (2 * x * x) / (2 * n + 1)
      total += term
    }
    return 1 - (2 / SQRT_PI) * Math.exp(-x * x) * total
  }
  let tail = x
  for (let k = 120; k >= 1; k -= 1) tail = x + k / 2 / tail
  return Math.exp(-x * x) / (SQRT_PI * tail)
}

/** Two-sided p of a standard normal z: erfc(|z|/√2). */
export const normalTwoSidedP = (z: number): number => erfc(Math.abs(z) / Math.SQRT2)

/**
 * P(X > x) for chi-square with a whole number of degrees of freedom, as its finite sum (Abramowitz & Stegun
 * 26.4.4 and 26.4.5): all terms positive, so small p-values keep their digits. Terms are carried as logarithms.
 */
export function chiSquareSf(x: number, dof: number): number {
  if (dof === 0) return 1
  if (x <= 0) return 1
  const half = x / 2
  const odd = dof % 2 === 1
  let exponent = odd ? 0.5 : 0
  // Γ(3/2) = √π/2 and Γ(1) = 1 are the factorials of the first exponents.
  let logTerm = odd ? 0.5 * Math.log(half) - half - Math.log(SQRT_PI / 2) : -half
  let total = odd ? erfc(Math.sqrt(half)) : 0
  while (exponent < dof / 2) {
    total += Math.exp(logTerm)
    exponent += 1
    logTerm += Math.log(half / exponent)
  }
  return Math.min(1, total)
}

/** The x with P(X ≤ x) = q for chi-square, by bisection of chiSquareSf; 0 for no degree of freedom. */
export function chiSquareQuantile(q: number, dof: number): number {
  if (dof === 0) return 0
  let low = 0
  let high = dof + 10
  while (chiSquareSf(high, dof) > 1 - q) high *= 2
  for (let step = 0; step < 100; step += 1) {
    const middle = (low + high) / 2
    if (middle === low || middle === high) break
    if (chiSquareSf(middle, dof) > 1 - q) low = middle
    else high = middle
  }
  return high
}

/**
 * Kolmogorov's limiting survival function Q(x) = 2·Σ(−1)^(k−1)·e^(−2k²x²); below 1.18 the theta form
 * 1 − √(2π)/x·Σe^(−(2k−1)²π²/(8x²)), which converges where the first does not (Marsaglia, Tsang & Wang 2003).
 */
export function kolmogorovSf(x: number): number {
  if (x <= 0) return 1
  let total = 0
  if (x < 1.18) {
    for (let k = 1; k <= 20; k += 1) total += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x))
    return Math.min(1, 1 - (Math.sqrt(2 * Math.PI) / x) * total)
  }
  for (let k = 20; k >= 1; k -= 1) total += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, 2 * total)
}
