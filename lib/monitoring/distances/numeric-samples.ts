import { type BinMethod, binCounts, DISCRETE_LIMIT, freezeBins, frozenCounts, quantileEdges } from './bins'
import { hellinger, jsDistanceBase2, klDivergence, psi, psiJeffreys, totalVariation } from './divergences'
import { cramerVonMises, ecdfDistances, ksPValue, wassersteinOverSd } from './ecdf'
import {
  type DataStatus,
  dataStatus,
  distinctCount,
  type NumericSample,
  nullRate,
  readNumericSample,
} from './samples'
import { at, type Moments, moments } from './sums'
import { type RateTest, twoProportionZ } from './tests-of-rates'

/** One side of a comparison of columns. `rows` counts all, `finite` those that statistics use. */
interface NumericSide extends Moments {
  rows: number
  finite: number
  infinite: number
  nullRate: number | null
  min: number | null
  max: number | null
  distinct: number
}

/** Distances of two numeric columns; the binned ones use right-closed bins at the reference's deciles. */
interface NumericDistances {
  referenceCounts: number[]
  windowCounts: number[]
  psi: number | null
  psiJeffreys: number | null
  /** The PSI with one more bin for missing values. */
  psiWithNullBin: number | null
  /** The PSI to display: on the exact values, or with a guard bin below the minimum, where deciles mislead. */
  psiAuto: number | null
  psiAutoMethod: BinMethod
  klReferenceWindow: number | null
  klWindowReference: number | null
  jsDistanceBase2: number | null
  hellinger: number | null
  totalVariation: number | null
  ks: number
  ksPValue: number
  wasserstein: number | null
  wassersteinOverSd: number | null
  cramerVonMises: number | null
  energy: number | null
  /** Share of finite window values below the reference's minimum or above its maximum. */
  outOfRangeShare: number
}

export interface NumericComparison {
  status: DataStatus
  reference: NumericSide
  window: NumericSide
  nulls: RateTest | null
  edges: number[] | null
  /** Null unless the status is ok: no effect is computed from a side without rows. */
  distances: NumericDistances | null
}

/** Compares two whole columns; for stored counts see compare-profiles.ts. Missing is null or NaN. */
export function compareNumericSamples(
  reference: readonly (number | null)[],
  window: readonly (number | null)[],
): NumericComparison {
  const r = readNumericSample(reference)
  const w = readNumericSample(window)
  const status = dataStatus(r.sorted.length, w.sorted.length)
  const referenceSide = describe(r)
  return {
    status,
    reference: referenceSide,
    window: describe(w),
    nulls: twoProportionZ(r.missing, r.rows, w.missing, w.rows),
    edges: r.sorted.length === 0 ? null : quantileEdges(r.sorted),
    distances: status === 'ok' ? distancesOf(r, w, referenceSide) : null,
  }
}

function describe(sample: NumericSample): NumericSide {
  const { rows, missing, infinite, sorted } = sample
  return {
    rows,
    finite: sorted.length,
    infinite,
    nullRate: nullRate(missing, rows),
    ...moments(sorted),
    min: sorted[0] ?? null,
    max: sorted[sorted.length - 1] ?? null,
    distinct: distinctCount(sorted),
  }
}

function distancesOf(r: NumericSample, w: NumericSample, side: NumericSide): NumericDistances | null {
  const ecdf = ecdfDistances(r.sorted, w.sorted)
  if (!ecdf) return null
  const edges = quantileEdges(r.sorted)
  const p = binCounts(edges, r.sorted)
  const q = binCounts(edges, w.sorted)
  return {
    referenceCounts: p,
    windowCounts: q,
    psi: psi(p, q),
    psiJeffreys: psiJeffreys(p, q),
    psiWithNullBin: psi([...p, r.missing], [...q, w.missing]),
    ...psiAuto(r.sorted, w.sorted),
    klReferenceWindow: klDivergence(p, q),
    klWindowReference: klDivergence(q, p),
    jsDistanceBase2: jsDistanceBase2(p, q),
    hellinger: hellinger(p, q),
    totalVariation: totalVariation(p, q),
    ks: ecdf.ks,
    ksPValue: ksPValue(ecdf.ks, r.sorted.length, w.sorted.length),
    wasserstein: ecdf.wasserstein,
    wassersteinOverSd: wassersteinOverSd(ecdf.wasserstein, side.sd),
    cramerVonMises: cramerVonMises(r.sorted, w.sorted),
    energy: ecdf.energy,
    outOfRangeShare: outOfRangeShare(r.sorted, w.sorted),
  }
}

/** With few reference values the bins are the exact values of both sides; else the reference's frozen bins. */
function psiAuto(
  reference: Float64Array,
  window: Float64Array,
): Pick<NumericDistances, 'psiAuto' | 'psiAutoMethod'> {
  if (distinctCount(reference) <= DISCRETE_LIMIT) {
    const r = tally(reference)
    const w = tally(window)
    const union = [...new Set([...r.keys(), ...w.keys()])]
    const counts = (side: Map<number, number>) => union.map((value) => side.get(value) ?? 0)
    return { psiAuto: psi(counts(r), counts(w)), psiAutoMethod: 'discrete' }
  }
  const bins = freezeBins(reference)
  return {
    psiAuto: psi(frozenCounts(bins, reference), frozenCounts(bins, window)),
    psiAutoMethod: bins.method,
  }
}

function tally(values: Float64Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function outOfRangeShare(reference: Float64Array, window: Float64Array): number {
  const min = at(reference, 0)
  const max = at(reference, reference.length - 1)
  return window.filter((x) => x < min || x > max).length / window.length
}
