import type { Definition } from '../resources'

const both = (...stems: string[]): string[] => stems.flatMap((stem) => [`${stem}_ref`, `${stem}_cur`])

/** What each number of a comparison is. Reference = baseline, current = window; signs are current − reference. */
const texts: [names: string[], text: string][] = [
  [
    ['status'],
    'ok, no_data_reference, no_data_current or no_data_both, judged on values that are neither missing nor infinite.',
  ],
  [['n_ref_total', 'n_cur_total'], 'All values, missing ones among them.'],
  [both('n'), 'Values that statistics use: not missing, and finite.'],
  [both('inf'), 'Values that are Infinity or -Infinity; left out of statistics.'],
  [both('null_rate'), 'Missing (null or NaN) ÷ all values.'],
  [
    ['null_rate_z', 'null_rate_pvalue'],
    'Pooled two-proportion z of current − reference, two-sided p = erfc(|z|/√2).',
  ],
  [both('mean'), 'Arithmetic mean.'],
  [both('std'), 'Population standard deviation (÷ n).'],
  [both('min', 'max', 'distinct'), 'Least, greatest and number of different values.'],
  [['psi_bin_edges'], 'Interior type-7 deciles of the reference, duplicates dropped.'],
  [
    ['psi_ref_counts', 'psi_cur_counts'],
    'Counts in the right-closed bins of psi_bin_edges, open at both ends.',
  ],
  [
    ['psi_10_quantile_bins', 'psi'],
    'Σ(q−p)·ln(q/p), natural logarithm, p = reference share, q = current share, shares floored at 1e-4 and not renormalised; numeric: on the decile bins, else on the union of categories.',
  ],
  [['psi_jeffreys'], 'The same sum with shares (c+½)/(N+k/2), k bins.'],
  [['psi_with_null_bin'], 'The PSI with one more bin for missing values.'],
  [
    ['psi_auto'],
    'The PSI to show: on exact values (at most 20 in the reference), with a guard bin below the minimum, or on the decile bins.',
  ],
  [['psi_auto_method'], 'discrete, quantile_low_guard or quantile.'],
  [['psi_top20_other'], 'The PSI over the 20 most frequent reference categories and one for the rest.'],
  [['kl_ref_cur', 'kl_cur_ref'], 'Σp·ln(p/q) and Σq·ln(q/p) in nats, shares floored as in the PSI.'],
  [
    ['js_distance_base2'],
    'Jensen–Shannon distance, base 2: the square root of the divergence, not smoothed; 0 to 1.',
  ],
  [['hellinger'], '√(½Σ(√p−√q)²).'],
  [['tvd'], '½Σ|p−q|.'],
  [['l_infinity'], 'max|p−q|.'],
  [['ks_statistic'], 'Greatest distance of the two empirical distribution functions.'],
  [['ks_pvalue_asymptotic'], 'Kolmogorov’s limiting survival function at √(nm/(n+m))·D.'],
  [['wasserstein'], '∫|F−G|.'],
  [
    ['wasserstein_over_ref_std'],
    'Divided by std_ref: standard deviations moved; null when that is 0 and the distance is not.',
  ],
  [['cvm_statistic'], 'Two-sample Cramér–von Mises T with midranks.'],
  [['energy_distance'], '√(2∫(F−G)²).'],
  [['out_of_range_share_cur'], 'Share of current values below min_ref or above max_ref.'],
  [['counts'], '[value, reference count, current count], most frequent in the reference first.'],
  [
    ['new_categories', 'n_new_categories', 'new_category_share_cur'],
    'Categories that the reference never had, and the share of current values that have one.',
  ],
  [['vanished_categories', 'n_vanished_categories'], 'Categories that current no longer has.'],
  [
    ['chi2_statistic', 'chi2_pvalue', 'dof'],
    'Chi-square homogeneity on the 2×K table, no Yates correction, K−1 degrees of freedom.',
  ],
  [['chi2_pvalue_yates'], 'With Yates’ correction, for two categories only.'],
  [['cramers_v'], '√(chi²/N), N = n_ref + n_cur.'],
  [['g_statistic'], 'Log-likelihood ratio of the same table.'],
  [['min_expected_count'], 'Least expected count of the table; below 5 its p is not to be relied on.'],
  [both('true_rate'), 'Share of true among values that are not missing.'],
  [['true_rate_z', 'true_rate_pvalue'], 'Pooled two-proportion z of the true rates, two-sided.'],
  [['dim'], 'Dimensions of the vectors.'],
  [both('centroid'), 'Arithmetic mean of the vectors.'],
  [
    ['centroid_euclidean', 'centroid_cosine_distance'],
    'Distance of the centroids: Euclidean, and 1 − cosine.',
  ],
  [['mmd_sigma2'], 'Median squared distance over all pooled pairs: the bandwidth.'],
  [
    ['mmd2_unbiased', 'mmd2_biased'],
    'Maximum mean discrepancy² with the kernel exp(−d²/(2σ²)), without and with the diagonals.',
  ],
  [['energy_distance_sq'], '2·mean|x−y| − mean|x−x′| − mean|y−y′|.'],
  [
    ['share_dims_wasserstein_ge_0_1'],
    'Share of dimensions that moved 0.1 reference standard deviations or more.',
  ],
  [
    ['centroid_over_ref_radius'],
    'Euclidean distance of the centroids ÷ the root mean square distance of the reference from its centroid.',
  ],
  [
    ['mmd_pvalue'],
    'Permutation p of the unbiased MMD² on at most 100 vectors a side: (1 + as large)/(1 + permutations).',
  ],
  [['null_rate_change'], 'null_rate_cur − null_rate_ref, as a share: 0.01 is one point.'],
  [['mean_shift_over_ref_std'], '(mean_cur − mean_ref) ÷ std_ref.'],
  [['n_outside_cur'], 'Current values below the reference’s minimum or above its maximum.'],
  [
    ['largest_move'],
    'The category whose share changed most, and its change; null stands for all that are not listed.',
  ],
  [
    ['psi_judged', 'psi_variant'],
    'The PSI that is judged: on the bins of psi_auto, with Jeffreys’ shares below 500 values a side.',
  ],
  [['psi_expected'], '(k−1)·(1/n + 1/m): the PSI to expect without drift, k bins.'],
  [['psi_floor'], 'chi²₀.₉₉(k−1)·(1/n + 1/m): what chance alone passes in 1 of 100.'],
  [
    ['psi_block_floor', 'wasserstein_block_floor', 'true_rate_block_floor', 'null_rate_block_floor'],
    '99th percentile of the same effect between blocks of the current side’s length inside the reference, its values taken in the order of time; null below two blocks, and of values that are sorted.',
  ],
  [['blocks'], 'Blocks of the reference that the floors were taken of.'],
  [
    ['effective_rows'],
    'Independent rows that a block is worth: its rows ÷ how far its PSI exceeds psi_expected.',
  ],
  [['thresholds'], 'In force: the default limits, raised to the floors.'],
  [['test', 'test_pvalue'], 'The test that the verdict asks, and its p.'],
  [
    ['judged', 'drift_judged', 'nulls_judged'],
    'ok, warn, fail, low_confidence or no_data: an alarm needs the effect, its test and enough rows. judged is the worse of drift and nulls.',
  ],
  [['confidence'], 'full, low (100 to 199 numbers) or none: too few rows, or nearly all values different.'],
  [['reason'], 'overflow, constant_reference, constant_window or id_like; null for none of these.'],
  [['sentence'], 'The verdict in words.'],
]

/** Definitions of the members of an answer, in its order. */
export function compareDefinitions(members: readonly string[]): Definition[] {
  const known = new Map(texts.flatMap(([names, text]) => names.map((name) => [name, text] as const)))
  return members.flatMap((name) => {
    const text = known.get(name)
    return text === undefined ? [] : [{ name, text }]
  })
}
