import type { Definition } from './resources'

const define = (entries: Record<string, string>): Definition[] =>
  Object.entries(entries).map(([name, text]) => ({ name, text }))

export const statisticsDefinitions = define({
  rows: 'Rows of the committed history. Every accepted upsert counts, also one that a later row of its key replaced; tombstones and reverted commits do not.',
  distinct:
    'Different values, nulls left out: exact up to 1,000,000 rows; of a longer history exact up to 1,000 values, beyond estimated within 5 % (HyperLogLog).',
  mean: 'Arithmetic mean of the finite values.',
  standard_deviation: 'Sample standard deviation (n − 1) of the finite values.',
  quantiles:
    'Type 7 (numpy "linear", DuckDB quantile_cont) of the finite values; of more than 1,000,000 rows the middle of a class 2 % wide.',
  histogram: 'Right-closed bins, as DuckDB’s histogram(x, edges); of the finite values.',
})

const shares =
  'p = reference share, q = window share on the same bins; interior edges are the reference’s type-7 deciles, bins are right-closed.'

export const driftDefinitions = define({
  quantiles:
    'Interpolated between the edges of the reference’s 200-edge grid, between each two of which it has a two-hundredth of its values.',
  psi: `Population stability index Σ(q−p)·ln(q/p), natural logarithm. ${shares} Shares are floored at 1e-4; below 500 rows a side Jeffreys’ (c+½)/(N+k/2) takes their place.`,
  psi_floor: 'chi²₀.₉₉(k−1)·(1/n + 1/m) for k bins, n reference and m window rows.',
  wasserstein_over_ref_std:
    'Wasserstein-1 distance on the reference’s 200-edge grid, divided by the reference’s population standard deviation.',
  mean_shift_over_ref_std: '(window mean − reference mean) ÷ the reference’s population standard deviation.',
  js_distance_base2: 'Jensen–Shannon distance, base 2: the square root of the divergence, without smoothing.',
  hellinger: 'Hellinger distance √(½Σ(√p−√q)²).',
  tvd: 'Total variation distance ½Σ|p−q|.',
  new_value_share: 'Rows whose value the reference never had ÷ rows with a value; any at all warns.',
  p: 'Numeric: Kolmogorov–Smirnov, limit form. Categorical: chi-square homogeneity, rare values pooled. Boolean: two-proportion z.',
  p_adjusted: 'Benjamini–Hochberg over all features of the window.',
  thresholds:
    'The default limits, raised to the greater of psi_floor and the 99th percentile of the same distance between blocks of the window’s length inside the reference.',
  judged:
    'warn: one effect passes its limit and the adjusted p is at most alpha; fail: every computable effect passes its fail limit. no_data and low_confidence are never ok.',
})
