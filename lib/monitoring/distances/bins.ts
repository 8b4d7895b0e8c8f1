import { distinctCount } from './samples'
import { at } from './sums'

/** At most this many different reference values: the values themselves are the bins. */
export const DISCRETE_LIMIT = 20

/**
 * Quantile of ascending values at num/den by Hyndman & Fan's type 7 (numpy "linear", DuckDB quantile_cont).
 * The index (n−1)·num/den stays a whole number with a remainder, so that no rounding moves an edge off a value.
 */
export function quantileType7(sorted: ArrayLike<number>, num: number, den: number): number {
  const position = (sorted.length - 1) * num
  const low = Math.floor(position / den)
  const fraction = (position % den) / den
  const below = at(sorted, low)
  if (fraction === 0) return below
  const above = at(sorted, low + 1)
  const gap = above - below
  return Number.isFinite(gap) ? below + gap * fraction : below * (1 - fraction) + above * fraction
}

const strictlyIncreasing = (values: number[]): number[] =>
  values.filter((value, i) => i === 0 || value > at(values, i - 1))

/** Interior edges at 1/parts … (parts−1)/parts of ascending values, duplicates dropped; none without values. */
export function quantileEdges(sorted: ArrayLike<number>, parts = 10): number[] {
  if (sorted.length === 0) return []
  return strictlyIncreasing(Array.from({ length: parts - 1 }, (_, i) => quantileType7(sorted, i + 1, parts)))
}

/** Places of n ascending values that `quantileEdges` and `gridEdges` look at, for values that lie elsewhere. */
export function edgePlaces(n: number, parts = 10, gridCount = 200): number[] {
  if (n === 0) return []
  const places = new Set<number>()
  for (const [from, to, den] of [
    [1, parts - 1, parts],
    [0, gridCount - 1, gridCount - 1],
  ] as const) {
    for (let i = from; i <= to; i += 1) {
      const position = (n - 1) * i
      places.add(Math.floor(position / den))
      if (position % den !== 0) places.add(Math.floor(position / den) + 1)
    }
  }
  return [...places].sort((a, b) => a - b)
}

/** At most `count` edges from the minimum to the maximum: the grid on which Wasserstein and KS are taken. */
export function gridEdges(sorted: ArrayLike<number>, count = 200): number[] {
  if (sorted.length === 0) return []
  return strictlyIncreasing(Array.from({ length: count }, (_, i) => quantileType7(sorted, i, count - 1)))
}

/** Index of the right-closed bin (e[i−1], e[i]] holding x = the number of edges strictly less than x. */
export function binIndex(edges: readonly number[], x: number): number {
  let low = 0
  let high = edges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(edges, middle) < x) low = middle + 1
    else high = middle
  }
  return low
}

/** Counts of the values in the edges.length + 1 right-closed bins, open at both ends. */
export function binCounts(edges: readonly number[], values: Iterable<number>): number[] {
  const counts = new Array<number>(edges.length + 1).fill(0)
  for (const x of values) {
    const bin = binIndex(edges, x)
    counts[bin] = at(counts, bin) + 1
  }
  return counts
}

export type BinMethod = 'discrete' | 'quantile' | 'quantile_low_guard'

/**
 * Bins frozen with a reference. `quantile`: counts of edges.length + 1 right-closed bins. `quantile_low_guard`
 * (the first edge is the minimum, e.g. zero-inflated): one more bin before them for x < edges[0], so that the
 * next holds x = edges[0]. `discrete`: `edges` are the values themselves, and a last bin holds all others.
 */
export interface FrozenBins {
  method: BinMethod
  edges: number[]
}

/** The bins of ascending reference values; computed once, stored with the reference, never recomputed. */
export function freezeBins(sorted: Float64Array): FrozenBins {
  const few = distinctCount(sorted) <= DISCRETE_LIMIT
  return binsOf(sorted, few ? strictlyIncreasing([...sorted]) : null)
}

/** The same from the ascending values at `edgePlaces` and, where there are at most 20, the different values. */
export function binsOf(sorted: ArrayLike<number>, values: number[] | null): FrozenBins {
  if (values) return { method: 'discrete', edges: values }
  const edges = quantileEdges(sorted)
  return { method: edges[0] === sorted[0] ? 'quantile_low_guard' : 'quantile', edges }
}

/** Counts of values in frozen bins, in the order that FrozenBins states. */
export function frozenCounts(bins: FrozenBins, values: Float64Array): number[] {
  const { method, edges } = bins
  if (method === 'quantile') return binCounts(edges, values)
  if (method === 'quantile_low_guard') {
    const below = values.filter((x) => x < at(edges, 0)).length
    const [first = 0, ...rest] = binCounts(edges, values)
    return [below, first - below, ...rest]
  }
  const counts = new Array<number>(edges.length + 1).fill(0)
  for (const x of values) {
    const bin = binIndex(edges, x)
    const slot = edges[bin] === x ? bin : edges.length
    counts[slot] = at(counts, slot) + 1
  }
  return counts
}
