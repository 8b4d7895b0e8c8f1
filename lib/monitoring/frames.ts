import type { ColumnOrder, WindowCounts } from '@/lib/offline'
import { binIndex, binsOf, gridEdges } from './distances/bins'
import type { NumericFrame, NumericProfile } from './distances/profile'

/** Bins and grid of a numeric reference from the places of its `count` ascending finite values. */
export function frameOf(count: number, { at, values }: ColumnOrder): NumericFrame {
  const sorted: ArrayLike<number> = { length: count, ...Object.fromEntries(at) }
  return {
    bins: binsOf(sorted, values),
    gridEdges: gridEdges(sorted),
    min: sorted[0] ?? Infinity,
    max: sorted[count - 1] ?? -Infinity,
  }
}

/** All edges of a frame: what the engine counts between and on; bins and grid are both sums of these cells. */
export function edgesOf({ bins, gridEdges: grid }: NumericFrame): number[] {
  return [...new Set([...bins.edges, ...grid])].sort((a, b) => a - b)
}

interface Placed {
  /** The greatest edge that the cell's values reach; −Infinity below the first. */
  edge: number
  onEdge: boolean
  count: number
  sum: number
}

/** Index of the right-closed bin that holds the whole cell. */
const binOf = (edges: readonly number[], { edge, onEdge }: Placed): number => {
  const bin = binIndex(edges, edge)
  return onEdge || edges[bin] !== edge ? bin : bin + 1
}

function binned(edges: readonly number[], cells: readonly Placed[]) {
  const counts = new Array<number>(edges.length + 1).fill(0)
  const sums = new Array<number>(edges.length + 1).fill(0)
  for (const cell of cells) {
    const bin = binOf(edges, cell)
    counts[bin] = (counts[bin] ?? 0) + cell.count
    sums[bin] = (sums[bin] ?? 0) + cell.sum
  }
  return { counts, sums }
}

const countWhere = (cells: readonly Placed[], holds: (cell: Placed) => boolean): number =>
  cells.reduce((total, cell) => (holds(cell) ? total + cell.count : total), 0)

/** Counts in frozen bins, in the order that FrozenBins states. */
function frozenCounts({ method, edges }: NumericFrame['bins'], cells: readonly Placed[]): number[] {
  if (method === 'discrete') {
    const exact = edges.map((value) => countWhere(cells, ({ edge, onEdge }) => onEdge && edge === value))
    const listed = exact.reduce((total, count) => total + count, 0)
    return [...exact, countWhere(cells, () => true) - listed]
  }
  const { counts } = binned(edges, cells)
  if (method === 'quantile') return counts
  const lowest = edges[0] ?? Number.NaN
  const below = countWhere(cells, ({ edge }) => edge < lowest)
  const [first = 0, ...rest] = counts
  return [below, first - below, ...rest]
}

/** A window's profile on its reference's frame. `counts` were taken on `edgesOf(frame)`. */
export function numericProfileOf(frame: NumericFrame, counts: WindowCounts): NumericProfile {
  const edges = edgesOf(frame)
  const cells = counts.cells.map(({ edge, ...cell }) => ({
    ...cell,
    edge: edge === 0 ? -Infinity : (edges[edge - 1] ?? Number.NaN),
  }))
  const grid = binned(frame.gridEdges, cells)
  const finite = grid.sums.every(Number.isFinite)
  return {
    kind: 'numeric',
    rows: counts.rows,
    missing: counts.nulls + counts.nan,
    infinite: counts.positiveInfinity + counts.negativeInfinity,
    mean: counts.mean,
    m2: counts.m2,
    min: counts.min,
    max: counts.max,
    bins: frame.bins,
    counts: frozenCounts(frame.bins, cells),
    belowMin: countWhere(cells, ({ edge }) => edge < frame.min),
    aboveMax: countWhere(cells, ({ edge, onEdge }) => edge === frame.max && !onEdge),
    // Sums that a double does not hold are no sums: then the distances on the grid are not computable.
    grid: finite ? { edges: frame.gridEdges, ...grid } : null,
  }
}
