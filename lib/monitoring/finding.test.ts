import { expect, it } from 'vitest'
import { driftFinding } from './finding'
import type { DriftWindow } from './resources'

const limits = { psi: { warn: 0.1, fail: 0.25 }, wasserstein_over_ref_std: { warn: 0.3, fail: 0.5 } }

const alarm = (overrides: Partial<DriftWindow>): DriftWindow => ({
  start: '2026-05-18T00:00:00.000000Z',
  end: '2026-05-25T00:00:00.000000Z',
  rows: 1000,
  nulls: 10,
  null_rate: 0.02,
  null_rate_change: 0.02,
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
  p: 0.001,
  p_adjusted: 0.001,
  thresholds: limits,
  judged: 'warn',
  in_reference: false,
  complete: true,
  sentence: 'Moved.',
  ...overrides,
})

const findingOf = (window: DriftWindow) =>
  driftFinding({
    feature: 'mean_delay_1d',
    window: 'week',
    isPresence: false,
    reference: 'the first 4 weeks',
    nowMs: Date.parse('2026-06-07T09:00:00Z'),
    windows: [window],
  })

it('speaks of missing values when the others stayed', () => {
  expect(findingOf(alarm({}))).toBe('mean_delay_1d lost values in the week of 18 May: nulls rose by 2 points')
})

it('speaks of the movement when values moved far, though some went missing and the PSI is small', () => {
  expect(findingOf(alarm({ wasserstein_over_ref_std: 0.96, mean_shift_over_ref_std: 0.95 }))).toBe(
    'mean_delay_1d rose 0.95 sd in the week of 18 May',
  )
})
