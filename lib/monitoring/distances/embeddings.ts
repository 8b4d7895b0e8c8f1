import { ecdfDistances, wassersteinOverSd } from './ecdf'
import { shuffled, uniformGenerator } from './random'
import { type DataStatus, dataStatus } from './samples'
import { at, finiteOrNull, moments, sum } from './sums'

type Vector = readonly number[]

/** Distances of two sets of vectors of one dimension; null where not computable. */
export interface EmbeddingComparison {
  status: DataStatus
  dimension: number | null
  centroidReference: number[] | null
  centroidWindow: number[] | null
  centroidDistance: number | null
  /** Centroid distance ÷ the reference's root mean square distance from its centroid. */
  centroidOverRadius: number | null
  centroidCosine: number | null
  mmd: MaximumMeanDiscrepancy | null
  energySquared: number | null
  /** Share of dimensions whose Wasserstein-1 ÷ reference standard deviation is 0.1 or more. */
  movedDimensionShare: number | null
}

interface MaximumMeanDiscrepancy {
  sigmaSquared: number
  /** Without the diagonals; negative is right when nothing moved. */
  unbiased: number | null
  biased: number
}

/** Compares two samples of embeddings; O((n+m)²·dimension), so callers sample a few hundred rows. */
export function compareEmbeddings(
  reference: readonly Vector[],
  window: readonly Vector[],
): EmbeddingComparison {
  const status = dataStatus(reference.length, window.length)
  const centroidReference = centroid(reference)
  const centroidWindow = centroid(window)
  const both = centroidReference && centroidWindow
  const distance = both ? Math.sqrt(squaredDistance(centroidReference, centroidWindow)) : null
  const squares = pairwiseSquares([...reference, ...window])
  return {
    status,
    dimension: (reference[0] ?? window[0])?.length ?? null,
    centroidReference,
    centroidWindow,
    centroidDistance: distance,
    centroidOverRadius: distance === null ? null : wassersteinOverSd(distance, rmsRadius(reference)),
    centroidCosine: both ? cosineDistance(centroidReference, centroidWindow) : null,
    mmd: status === 'ok' ? mmdOf(squares, reference.length) : null,
    energySquared: status === 'ok' ? energyOf(squares, reference.length) : null,
    movedDimensionShare: status === 'ok' ? movedDimensionShare(reference, window) : null,
  }
}

/** Mean of each coordinate; null without vectors. */
function centroid(vectors: readonly Vector[]): number[] | null {
  return vectors[0]?.map((_, d) => sum(vectors.map((v) => at(v, d))) / vectors.length) ?? null
}

/** √(mean |x − centroid|²): how far a typical vector is from the middle. Null without vectors. */
function rmsRadius(vectors: readonly Vector[]): number | null {
  const middle = centroid(vectors)
  return middle && Math.sqrt(sum(vectors.map((v) => squaredDistance(v, middle))) / vectors.length)
}

/** 1 − cos, clamped to [0, 2]; null when either is shorter than 1e-12 and so has no direction. */
function cosineDistance(a: Vector, b: Vector): number | null {
  const length = (v: Vector) => Math.sqrt(sum(v.map((x) => x * x)))
  if (length(a) < 1e-12 || length(b) < 1e-12) return null
  const cosine = sum(a.map((x, i) => x * at(b, i))) / (length(a) * length(b))
  return finiteOrNull(Math.min(2, Math.max(0, 1 - cosine)))
}

/**
 * Permutation p of the unbiased MMD²: (1 + permutations at least as large)/(1 + permutations), with the
 * bandwidth of the pooled sample (Gretton et al., JMLR 13, 2012). Null below two vectors a side.
 */
export function mmdPermutationP(
  reference: readonly Vector[],
  window: readonly Vector[],
  { permutations = 200, seed = 1 } = {},
): number | null {
  if (reference.length < 2 || window.length < 2) return null
  const squares = pairwiseSquares([...reference, ...window])
  const n = reference.length
  const observed = mmdOf(squares, n)?.unbiased ?? null
  if (observed === null) return null
  const next = uniformGenerator(seed)
  const order = squares.map((_, i) => i)
  const kernel = kernelOf(squares, medianBandwidth(squares))
  let atLeast = 0
  for (let round = 0; round < permutations; round += 1) {
    if ((statistics(kernel, shuffled(order, next), n).unbiased ?? 0) >= observed) atLeast += 1
  }
  return (1 + atLeast) / (1 + permutations)
}

function squaredDistance(a: Vector, b: Vector): number {
  if (a.length !== b.length) throw new RangeError(`Vectors of ${a.length} and ${b.length} dimensions`)
  let total = 0
  for (let i = 0; i < a.length; i += 1) total += (at(a, i) - at(b, i)) ** 2
  return total
}

const pairwiseSquares = (vectors: readonly Vector[]): Float64Array[] =>
  vectors.map((a) => Float64Array.from(vectors, (b) => squaredDistance(a, b)))

/** Median squared distance over all pairs i < j; 1 when that is 0 (or there is no pair). */
function medianBandwidth(squares: readonly Float64Array[]): number {
  const pairs = Float64Array.from(squares.flatMap((row, i) => [...row.subarray(i + 1)])).sort()
  if (pairs.length === 0) return 1
  const middle = pairs.length / 2
  const median = (at(pairs, Math.ceil(middle) - 1) + at(pairs, Math.floor(middle))) / 2
  return median === 0 ? 1 : median
}

/** RBF kernel exp(−d²/(2σ²)). */
const kernelOf = (squares: readonly Float64Array[], sigmaSquared: number): Float64Array[] =>
  squares.map((row) => row.map((square) => Math.exp(-square / (2 * sigmaSquared))))

function mmdOf(squares: readonly Float64Array[], n: number): MaximumMeanDiscrepancy | null {
  if (n === 0 || n === squares.length) return null
  const sigmaSquared = medianBandwidth(squares)
  const order = squares.map((_, i) => i)
  return { sigmaSquared, ...statistics(kernelOf(squares, sigmaSquared), order, n) }
}

/** Sums of a symmetric matrix over the blocks first×first, second×second and first×second of an order. */
function blockSums(matrix: readonly Float64Array[], order: readonly number[], n: number) {
  const sums = { first: 0, second: 0, cross: 0, firstDiagonal: 0, secondDiagonal: 0 }
  for (const [a, i] of order.entries()) {
    const row = matrix[i] ?? new Float64Array()
    for (const [b, j] of order.entries()) {
      if (a < n !== b < n) sums.cross += at(row, j) / 2
      else if (a < n) sums.first += at(row, j)
      else sums.second += at(row, j)
    }
    if (a < n) sums.firstDiagonal += at(row, i)
    else sums.secondDiagonal += at(row, i)
  }
  return sums
}

function statistics(kernel: readonly Float64Array[], order: readonly number[], n: number) {
  const m = order.length - n
  const s = blockSums(kernel, order, n)
  const cross = (2 * s.cross) / (n * m)
  const unbiased =
    n < 2 || m < 2
      ? null
      : (s.first - s.firstDiagonal) / (n * (n - 1)) + (s.second - s.secondDiagonal) / (m * (m - 1)) - cross
  return { unbiased, biased: s.first / (n * n) + s.second / (m * m) - cross }
}

/** 2·mean|x−y| − mean|x−x′| − mean|y−y′|, diagonals kept (Székely & Rizzo 2013); at least 0. */
function energyOf(squares: readonly Float64Array[], n: number): number {
  const m = squares.length - n
  const distances = squares.map((row) => row.map(Math.sqrt))
  const order = squares.map((_, i) => i)
  const s = blockSums(distances, order, n)
  return Math.max(0, (2 * s.cross) / (n * m) - s.first / (n * n) - s.second / (m * m))
}

function movedDimensionShare(reference: readonly Vector[], window: readonly Vector[]): number | null {
  const dimension = reference[0]?.length ?? 0
  if (dimension === 0) return null
  const column = (vectors: readonly Vector[], d: number) => Float64Array.from(vectors, (v) => at(v, d)).sort()
  let moved = 0
  for (let d = 0; d < dimension; d += 1) {
    const r = column(reference, d)
    const w = ecdfDistances(r, column(window, d))?.wasserstein ?? null
    const inSd = wassersteinOverSd(w, moments(r).sd)
    // A constant dimension that changed has no unit, but it has moved.
    if (inSd === null ? w !== 0 : inSd >= 0.1) moved += 1
  }
  return moved / dimension
}
