import { binCounts, binIndex, type FrozenBins, freezeBins, frozenCounts, gridEdges } from './bins'
import { distinctCount, readNumericSample } from './samples'
import { at, finiteOrNull, moments, sum } from './sums'

/**
 * What is stored of one numeric feature on one side in one window: counts only, so that windows merge by
 * addition. `rows` = finite + `missing` (null and NaN) + `infinite`; all else is about the finite values.
 */
export interface NumericProfile {
  kind: 'numeric'
  rows: number
  missing: number
  infinite: number
  /** Mean and Σ(x − mean)²; null without finite values, or where a double cannot hold them. */
  mean: number | null
  m2: number | null
  min: number | null
  max: number | null
  /** Counts on the bins frozen with the reference. */
  bins: FrozenBins
  counts: number[]
  /** Finite values below the reference's minimum and above its maximum. */
  belowMin: number
  aboveMax: number
  /** Counts and sums on the reference's fine grid; null where they were not taken. */
  grid: GridCounts | null
  /** Different finite values, and whether all are whole: known of rows counted at once, not of merged windows. */
  distinct?: number
  whole?: boolean
}

/** `counts` and `sums` of the values in the edges.length + 1 right-closed bins of `edges`. */
interface GridCounts {
  edges: number[]
  counts: number[]
  sums: number[]
}

/** `values` counts the most frequent values (for a window also every value that its reference lists). */
export interface CategoricalProfile {
  kind: 'categorical'
  rows: number
  missing: number
  values: [value: string, count: number][]
  /** Rows whose value is not listed. */
  other: number
  distinct?: number
}

export interface BooleanProfile {
  kind: 'boolean'
  rows: number
  missing: number
  trues: number
}

export type Profile = NumericProfile | CategoricalProfile | BooleanProfile

/** Everything that is computed once from a numeric reference and never again. */
export interface NumericFrame {
  bins: FrozenBins
  gridEdges: number[]
  min: number
  max: number
}

/** Freezes bins and grid of ascending finite reference values. */
export function freezeNumeric(sorted: Float64Array): NumericFrame {
  const min = sorted[0] ?? Infinity
  const max = sorted[sorted.length - 1] ?? -Infinity
  return { bins: freezeBins(sorted), gridEdges: gridEdges(sorted), min, max }
}

/** Profile of a numeric column, on the reference's frame if given, else on its own. */
export function profileNumeric(values: readonly (number | null)[], frame?: NumericFrame): NumericProfile {
  const { rows, missing, infinite, sorted } = readNumericSample(values)
  const { bins, gridEdges: edges, min, max } = frame ?? freezeNumeric(sorted)
  const { mean, sd } = moments(sorted)
  const sums = new Array<number>(edges.length + 1).fill(0)
  for (const x of sorted) {
    const bin = binIndex(edges, x)
    sums[bin] = at(sums, bin) + x
  }
  return {
    kind: 'numeric',
    rows,
    missing,
    infinite,
    mean,
    m2: sd === null ? null : finiteOrNull(sd * sd * sorted.length),
    min: sorted[0] ?? null,
    max: sorted[sorted.length - 1] ?? null,
    bins,
    counts: frozenCounts(bins, sorted),
    belowMin: sorted.filter((x) => x < min).length,
    aboveMax: sorted.filter((x) => x > max).length,
    grid: { edges, counts: binCounts(edges, sorted), sums },
    distinct: distinctCount(sorted),
    whole: sorted.every(Number.isInteger),
  }
}

/** Values that are neither missing nor infinite. */
export function presentRows(profile: Profile): number {
  return profile.rows - profile.missing - (profile.kind === 'numeric' ? profile.infinite : 0)
}

/** One value throughout: a fact of min and max, which sums and squares only know up to rounding. */
export const isConstant = ({ min, max }: NumericProfile): boolean => min !== null && min === max

/** Population standard deviation √(m2/n); null where not computable. */
export function profileSd(profile: NumericProfile): number | null {
  if (isConstant(profile)) return 0
  const rows = presentRows(profile)
  return rows === 0 || profile.m2 === null ? null : finiteOrNull(Math.sqrt(profile.m2 / rows))
}

const addAll = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + at(b, i))

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** The profile of two windows together, exact in every count; mean and M2 by Chan, Golub & LeVeque (1979). */
export function mergeNumericProfiles(a: NumericProfile, b: NumericProfile): NumericProfile {
  requireSameBins(a, b)
  const n = presentRows(a)
  const m = presentRows(b)
  const max = least(a.max === null ? null : -a.max, b.max === null ? null : -b.max)
  const { distinct: _, whole: __, ...first } = a
  return {
    ...first,
    rows: a.rows + b.rows,
    missing: a.missing + b.missing,
    infinite: a.infinite + b.infinite,
    ...mergeMoments(a, n, b, m),
    min: least(a.min, b.min),
    max: max === null ? null : -max,
    counts: addAll(a.counts, b.counts),
    belowMin: a.belowMin + b.belowMin,
    aboveMax: a.aboveMax + b.aboveMax,
    grid: a.grid &&
      b.grid && {
        edges: a.grid.edges,
        counts: addAll(a.grid.counts, b.grid.counts),
        sums: addAll(a.grid.sums, b.grid.sums),
      },
  }
}

function mergeMoments(a: NumericProfile, n: number, b: NumericProfile, m: number) {
  if (n === 0) return { mean: b.mean, m2: b.m2 }
  if (m === 0) return { mean: a.mean, m2: a.m2 }
  if (a.mean === null || b.mean === null || a.m2 === null || b.m2 === null) return { mean: null, m2: null }
  const apart = b.mean - a.mean
  return {
    mean: finiteOrNull(a.mean + (apart * m) / (n + m)),
    m2: finiteOrNull(a.m2 + b.m2 + (apart * apart * n * m) / (n + m)),
  }
}

const sameNumbers = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** A RangeError unless both were counted on the same frozen bins: their counts mean nothing to each other else. */
export function requireSameBins(a: NumericProfile, b: NumericProfile): void {
  const same =
    a.bins.method === b.bins.method &&
    sameNumbers(a.bins.edges, b.bins.edges) &&
    a.counts.length === b.counts.length &&
    (!a.grid || !b.grid || sameNumbers(a.grid.edges, b.grid.edges))
  if (!same) throw new RangeError('Profiles are comparable only on the same frozen edges')
  for (const side of [a, b]) {
    if (sum(side.counts) !== presentRows(side))
      throw new RangeError('Bin counts do not add up to the finite rows')
  }
}
