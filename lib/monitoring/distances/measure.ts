import { alignCategories, newValueShare, poolRare } from './categories'
import { hellinger, jsDistanceBase2, lInfinity, psi, psiJeffreys, totalVariation } from './divergences'
import { ksPValue, wassersteinOverSd } from './ecdf'
import { gridDistances } from './grid-distances'
import {
  type BooleanProfile,
  type CategoricalProfile,
  type NumericProfile,
  type Profile,
  presentRows,
  profileSd,
  requireSameBins,
} from './profile'
import { psiExpected, psiFloor } from './psi-floor'
import { isIdLike, numericReason, type Reason } from './reasons'
import { type DataStatus, dataStatus, nullRate } from './samples'
import { finiteOrNull } from './sums'
import { chiSquareHomogeneity, twoProportionZ } from './tests-of-rates'

/** Below this many rows on a side the PSI is taken with Jeffreys' smoothing. */
const JEFFREYS_BELOW_ROWS = 500

type PsiVariant = 'shares floored at 1e-4' | 'Jeffreys'
type TestName = 'Kolmogorov–Smirnov' | 'chi-square homogeneity' | 'two-proportion z'

/** Change of the missing share between two sides; rates are null for a side without rows. */
interface NullMeasures {
  referenceRows: number
  windowRows: number
  referenceRate: number | null
  windowRate: number | null
  /** Window − reference, as a share: 0.01 is one point. */
  change: number | null
  p: number | null
}

/** Effects and tests of one feature, before any threshold. Null = not computable, never 0 and never "no drift". */
export interface DriftMeasures {
  kind: Profile['kind']
  status: DataStatus
  /** Why a number is missing or drift is not judged although there are rows. */
  reason: Reason | null
  /** Present rows: neither missing nor infinite. */
  referenceRows: number
  windowRows: number
  psi: number | null
  psiVariant: PsiVariant | null
  /** The PSI that chance passes in 1 of 100 windows of these sizes. */
  psiFloor: number | null
  /** (k−1)·(1/n + 1/m): the PSI to expect without drift. */
  psiExpected: number | null
  wassersteinOverSd: number | null
  /** Rows of a numeric window that lie below the reference's minimum or above its maximum. */
  outsideRows: number | null
  /** Kolmogorov–Smirnov D. */
  ks: number | null
  meanShiftOverSd: number | null
  /** Jensen–Shannon distance, base 2. */
  js: number | null
  hellinger: number | null
  totalVariation: number | null
  /** The category (null = the rest) that moved most, and its change of share. */
  largestMove: { value: string | null; change: number } | null
  cramersV: number | null
  trueRates: { reference: number; window: number } | null
  newValueShare: number | null
  test: TestName | null
  p: number | null
  nulls: NullMeasures
}

/** Measures a window's stored profile against its reference's; both counted on the reference's frozen bins. */
export function measureProfiles(reference: Profile, window: Profile): DriftMeasures {
  if (reference.kind === 'numeric' && window.kind === 'numeric') return measureNumeric(reference, window)
  if (reference.kind === 'categorical' && window.kind === 'categorical') {
    return measureCategorical(reference, window)
  }
  if (reference.kind === 'boolean' && window.kind === 'boolean') return measureBoolean(reference, window)
  throw new RangeError(`A ${window.kind} window cannot be compared with a ${reference.kind} reference`)
}

function measureNumeric(reference: NumericProfile, window: NumericProfile): DriftMeasures {
  const base = baseMeasures(reference, window)
  if (base.status !== 'ok') return base
  requireSameBins(reference, window)
  const { p, q } = usedBins(reference, window)
  const sd = profileSd(reference)
  const grid = gridDistances(reference, window)
  const shift = reference.mean === null || window.mean === null ? null : window.mean - reference.mean
  // Without a grid the test is taken on the bins themselves.
  const test = grid
    ? { test: 'Kolmogorov–Smirnov' as const, p: ksPValue(grid.ks, base.referenceRows, base.windowRows) }
    : { test: 'chi-square homogeneity' as const, p: pooledChiSquareP(p, q) }
  return {
    ...base,
    ...binned(p, q),
    reason: numericReason(reference, window),
    wassersteinOverSd: wassersteinOverSd(grid?.wasserstein ?? null, sd),
    outsideRows: window.belowMin + window.aboveMax,
    ks: grid?.ks ?? null,
    meanShiftOverSd: shift === null || !sd ? null : finiteOrNull(shift / sd),
    ...test,
  }
}

/** Discrete bins that are empty on both sides (mostly "other") are no bins: smoothing must not give them rows. */
function usedBins(reference: NumericProfile, window: NumericProfile): { p: number[]; q: number[] } {
  const used = (i: number) =>
    reference.bins.method !== 'discrete' || (reference.counts[i] ?? 0) + (window.counts[i] ?? 0) > 0
  return {
    p: reference.counts.filter((_, i) => used(i)),
    q: window.counts.filter((_, i) => used(i)),
  }
}

function measureCategorical(reference: CategoricalProfile, window: CategoricalProfile): DriftMeasures {
  const base = baseMeasures(reference, window)
  if (base.status !== 'ok') return base
  const { labels, reference: p, window: q } = alignCategories(reference, window)
  const most = lInfinity(p, q)
  return {
    ...base,
    ...binned(p, q),
    reason: isIdLike(reference) ? 'id_like' : null,
    largestMove: most && { value: labels[most.index] ?? null, change: most.change },
    cramersV: chiSquareHomogeneity(p, q)?.cramersV ?? null,
    newValueShare: newValueShare(reference, window),
    test: 'chi-square homogeneity',
    p: pooledChiSquareP(p, q),
  }
}

function measureBoolean(reference: BooleanProfile, window: BooleanProfile): DriftMeasures {
  const base = baseMeasures(reference, window)
  if (base.status !== 'ok') return base
  const { referenceRows: n, windowRows: m } = base
  const p = [reference.trues, n - reference.trues]
  const q = [window.trues, m - window.trues]
  return {
    ...base,
    ...binned(p, q),
    cramersV: chiSquareHomogeneity(p, q)?.cramersV ?? null,
    trueRates: { reference: reference.trues / n, window: window.trues / m },
    test: 'two-proportion z',
    p: twoProportionZ(reference.trues, n, window.trues, m)?.p ?? null,
  }
}

function pooledChiSquareP(p: readonly number[], q: readonly number[]): number | null {
  const pooled = poolRare(p, q)
  return chiSquareHomogeneity(pooled.reference, pooled.window)?.p ?? null
}

function binned(p: readonly number[], q: readonly number[]) {
  const n = p.reduce((total, count) => total + count, 0)
  const m = q.reduce((total, count) => total + count, 0)
  const smooth = Math.min(n, m) < JEFFREYS_BELOW_ROWS
  const variant: PsiVariant = smooth ? 'Jeffreys' : 'shares floored at 1e-4'
  return {
    psi: smooth ? psiJeffreys(p, q) : psi(p, q),
    psiVariant: variant,
    psiFloor: psiFloor(p.length, n, m),
    psiExpected: n === 0 || m === 0 ? null : psiExpected(p.length, n, m),
    js: jsDistanceBase2(p, q),
    hellinger: hellinger(p, q),
    totalVariation: totalVariation(p, q),
  }
}

function baseMeasures(reference: Profile, window: Profile): DriftMeasures {
  const referenceRows = presentRows(reference)
  const windowRows = presentRows(window)
  const before = nullRate(reference.missing, reference.rows)
  const after = nullRate(window.missing, window.rows)
  return {
    kind: reference.kind,
    status: dataStatus(referenceRows, windowRows),
    reason: null,
    referenceRows,
    windowRows,
    psi: null,
    psiVariant: null,
    psiFloor: null,
    psiExpected: null,
    outsideRows: null,
    ks: null,
    wassersteinOverSd: null,
    meanShiftOverSd: null,
    js: null,
    hellinger: null,
    totalVariation: null,
    largestMove: null,
    cramersV: null,
    trueRates: null,
    newValueShare: null,
    test: null,
    p: null,
    nulls: {
      referenceRows: reference.rows,
      windowRows: window.rows,
      referenceRate: before,
      windowRate: after,
      change: before === null || after === null ? null : after - before,
      p: twoProportionZ(reference.missing, reference.rows, window.missing, window.rows)?.p ?? null,
    },
  }
}
