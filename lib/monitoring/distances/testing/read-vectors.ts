import { readFileSync } from 'node:fs'
import type { GeneratorSpec } from './generated-samples'

export type Cell = number | string | boolean | null
export type Side = (Cell | number[])[] | { generator: GeneratorSpec; check_first3: Cell[] }
export interface Tolerance {
  rel: number
  abs: number
  pvalue_abs: number
}
export interface VectorCase {
  id: string
  kind: 'numeric' | 'categorical' | 'boolean' | 'embedding'
  note: string
  reference: Side
  current: Side
  expected: Record<string, unknown>
  tolerance: Tolerance
}
type ZRow = { x_ref: number; n_ref: number; x_cur: number; n_cur: number; z: number; p: number }
type FreshnessRow = {
  now_ms: number
  event_times_ms: (number | null)[]
  warn_s: number
  fail_s: number
  lag_s: number | null
  status: string
  future_rows?: number
  null_timestamps?: number
}
type RangeRow = {
  values: Cell[]
  min: number
  max: number
  inclusive: boolean
  checked: number
  violations: number
  violation_rate: number | null
}
interface Vectors {
  count: number
  cases: VectorCase[]
  tables: {
    normal_sf_two_sided: [number, number][]
    chi2_sf: [number, number, number][]
    kolmogorov_sf: [number, number][]
    psi_null_quantile_chi2: {
      bins: number
      n_ref: number
      n_cur: number
      q: number
      value: number
      mean_under_null: number
    }[]
    benjamini_hochberg: {
      p: number[]
      bh_adjusted: number[]
      by_adjusted: number[]
      reject_bh_0_05: boolean[]
    }[]
    two_proportion_z: ZRow[]
    freshness: FreshnessRow[]
    contract_range: RangeRow[]
  }
}
/** The committed vectors: cases and tables with expected values and the definitions they follow. */
export const vectors: Vectors = JSON.parse(
  readFileSync(new URL('../../testdata/drift.json', import.meta.url), 'utf8'),
)

/** True where actual agrees with expected by the definitions' tolerance; counts and words exactly. */
export function agrees(actual: unknown, expected: unknown, tolerance: Tolerance, slack = 0): boolean {
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, i) => agrees(actual[i], item, tolerance, slack))
    )
  }
  if (typeof expected !== 'number' || typeof actual !== 'number') return Object.is(actual, expected)
  const allowed = Math.max(tolerance.abs, tolerance.rel * Math.abs(expected), slack)
  return Math.abs(actual - expected) <= allowed
}
