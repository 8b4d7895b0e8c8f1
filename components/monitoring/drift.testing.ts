import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'

export const driftLimits = {
  psi: { warn: 0.1, fail: 0.25 },
  wasserstein_over_ref_std: { warn: 0.3, fail: 0.5 },
}

/** One week of March 2026, ok unless said otherwise. */
export const windowAt = (day: number, overrides: Partial<DriftWindow> = {}): DriftWindow => ({
  start: `2026-03-${String(day).padStart(2, '0')}T00:00:00.000000Z`,
  end: `2026-03-${String(day + 7).padStart(2, '0')}T00:00:00.000000Z`,
  rows: 1000,
  nulls: 0,
  null_rate: 0,
  null_rate_change: 0,
  mean: 5,
  quantiles: null,
  psi: 0.02,
  psi_variant: null,
  psi_floor: 0.03,
  wasserstein_over_ref_std: 0.1,
  mean_shift_over_ref_std: 0.1,
  js_distance_base2: 0.1,
  hellinger: 0.1,
  tvd: 0.1,
  true_rate: null,
  new_value_share: null,
  test: 'Kolmogorov–Smirnov',
  p: 0.5,
  p_adjusted: 0.5,
  thresholds: driftLimits,
  judged: 'ok',
  in_reference: false,
  complete: true,
  sentence: 'No drift found.',
  ...overrides,
})

/** A week without rows. */
export const nothing = windowAt(22, {
  rows: 0,
  null_rate: null,
  psi: null,
  psi_floor: null,
  wasserstein_over_ref_std: null,
  judged: 'no_data',
  sentence: 'No rows in the window, so drift is not judged.',
})

/** Of one number against its first four weeks. */
export const series = (overrides: Partial<DriftSeries> = {}): DriftSeries => ({
  group: 'g',
  version: 1,
  environment: 'prod',
  feature: 'f',
  type: 'float64',
  kind: 'numeric',
  not_judged: null,
  window: 'week',
  as_of: null,
  finding: 'f held steady',
  reference: {
    id: 'r',
    name: 'the first 4 weeks',
    from: '',
    to: '',
    frozen: true,
    rows: 400,
    nulls: 4,
    mean: 1,
    quantiles: null,
    standard_deviation: 1,
    effective_rows: null,
    edges: [1, 2],
    counts: [100, 200, 96],
    values: null,
    trues: null,
  },
  thresholds: {
    ...driftLimits,
    true_rate_change: { warn: 0.05, fail: 0.1 },
    new_value_share: { warn: 0, fail: 0.01 },
    null_rate_increase: { warn: 0.01, fail: 0.05 },
    alpha: 0.01,
  },
  windows: [windowAt(1), windowAt(8, { null_rate: 0.2 }), nothing],
  definitions: [],
  ...overrides,
})
