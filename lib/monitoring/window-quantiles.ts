import { type NumericProfile, type Profile, presentRows } from './distances/profile'

export interface Quantile {
  p: number
  value: number
}

const shares = [0.1, 0.25, 0.5, 0.75, 0.9]

interface Cell {
  lower: number
  upper: number
  count: number
}

/**
 * The cells that hold values, ascending. Bins are right-closed: a mean on the upper edge means that all lie on it.
 * `withoutExtremes`: beyond the grid stands the mean of what lies there, and never the least or greatest value.
 */
function cellsOf({ grid, min, max }: NumericProfile, withoutExtremes: boolean): Cell[] {
  if (!grid || min === null || max === null) return []
  const { edges, counts, sums } = grid
  return counts.flatMap((count, bin) => {
    if (count === 0) return []
    const [below, above] = [edges[bin - 1], edges[bin]]
    const mean = (sums[bin] ?? Number.NaN) / count
    if (mean === above) return [{ lower: above, upper: above, count }]
    const isOpen = below === undefined || above === undefined
    if (withoutExtremes)
      return [isOpen ? { lower: mean, upper: mean, count } : { lower: below, upper: above, count }]
    return [{ lower: Math.max(below ?? min, min), upper: Math.min(above ?? max, max), count }]
  })
}

function quantileOf(cells: readonly Cell[], total: number, p: number): number | null {
  const place = p * (total - 1)
  let before = 0
  for (const { lower, upper, count } of cells) {
    if (place <= before + count - 1 || before + count === total) {
      const within = count === 1 ? 0.5 : Math.max(0, place - before) / (count - 1)
      return lower + (upper - lower) * Math.min(1, within)
    }
    before += count
  }
  return null
}

/**
 * Quantiles of a window's finite values out of its counts on the reference's grid: interpolated between neighbouring
 * edges, of which the reference has a two-hundredth of its values in each. Null where nothing was counted on a grid.
 * `withoutExtremes`: no number depends on a single least or greatest value.
 */
export function windowQuantiles(profile: Profile, withoutExtremes = false): Quantile[] | null {
  if (profile.kind !== 'numeric') return null
  const cells = cellsOf(profile, withoutExtremes)
  const total = cells.reduce((sum, { count }) => sum + count, 0)
  if (total === 0 || total !== presentRows(profile)) return null
  return shares.flatMap((p) => {
    const value = quantileOf(cells, total, p)
    return value === null ? [] : [{ p, value }]
  })
}
