import { describe, expect, it } from 'vitest'
import { rangeViolations } from './contract-range'
import { freshness } from './freshness'
import { benjaminiHochberg, benjaminiYekutieli } from './multiplicity'
import { psiExpected, psiFloor } from './psi-floor'
import { chiSquareSf, kolmogorovSf, normalTwoSidedP } from './special-functions'
import { agrees, type Tolerance, vectors } from './testing/read-vectors'
import { numbers } from './testing/vector-fields'
import { twoProportionZ } from './tests-of-rates'

const TABLE_TOLERANCE: Tolerance = { rel: 1e-9, abs: 1e-12, pvalue_abs: 0 }
const near = (actual: unknown, expected: unknown) =>
  expect(agrees(actual, expected, TABLE_TOLERANCE), `${actual} is not ${expected}`).toBe(true)
/** Relative only: a p of 1e-299 must keep its digits, which an absolute tolerance would hide. */
const nearRelative = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected) <= 1e-9 * expected, `${actual} is not ${expected}`).toBe(true)

describe('tables', () => {
  const { tables } = vectors
  it.each(tables.normal_sf_two_sided)('two-sided normal p at %d', (z, p) =>
    nearRelative(normalTwoSidedP(z), p),
  )
  it.each(tables.chi2_sf)('chi-square p at %d, dof %d', (x, dof, p) => nearRelative(chiSquareSf(x, dof), p))
  it.each(tables.kolmogorov_sf)('Kolmogorov p at %d', (x, p) => nearRelative(kolmogorovSf(x), p))
  it.each(tables.psi_null_quantile_chi2)('PSI floor, $bins bins, $n_ref and $n_cur rows, $q', (row) => {
    near(psiFloor(row.bins, row.n_ref, row.n_cur, row.q), row.value)
    near(psiExpected(row.bins, row.n_ref, row.n_cur), row.mean_under_null)
  })
  it.each(tables.benjamini_hochberg)('adjusted p-values of $p', (row) => {
    near(benjaminiHochberg(row.p), row.bh_adjusted)
    near(benjaminiYekutieli(row.p), row.by_adjusted)
    // 0.05 exactly is rejected: the adjusted value may carry one rounding.
    expect(benjaminiHochberg(row.p).map((p) => p <= 0.05 + 1e-15)).toEqual(row.reject_bh_0_05)
  })
  it.each(tables.two_proportion_z)('two proportions $x_ref/$n_ref, $x_cur/$n_cur', (row) => {
    const test = twoProportionZ(row.x_ref, row.n_ref, row.x_cur, row.n_cur)
    near(test?.z, row.z)
    nearRelative(test?.p ?? -1, row.p)
  })
  it.each(tables.freshness)('freshness $status, lag $lag_s', (row) => {
    const thresholds = { warnSeconds: row.warn_s, failSeconds: row.fail_s }
    expect(freshness(row.now_ms, row.event_times_ms, thresholds)).toEqual({
      status: row.status,
      lagSeconds: row.lag_s,
      futureRows: row.future_rows ?? 0,
      missingTimes: row.null_timestamps ?? 0,
    })
  })
  it.each(tables.contract_range)(
    'range $min to $max, inclusive $inclusive',
    ({ values, checked, violations, violation_rate, ...range }) => {
      expect(rangeViolations(numbers(values), range)).toEqual({
        checked,
        violations,
        violationRate: violation_rate,
      })
    },
  )
})
