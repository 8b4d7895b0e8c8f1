/** What is known of the values of a feature. */
export interface Distribution {
  null_share: number
  /** Values at the shares 0.1, 0.25, 0.5, 0.75 and 0.9, of numbers. */
  quantiles?: Record<string, number>
  /** The most frequent values with their shares. */
  top?: [string, number][]
  true_share?: number
}

const points = ['0.1', '0.25', '0.5', '0.75', '0.9']

const near = (a: number, b: number) => Math.max(0, 1 - 5 * Math.abs(a - b))

/**
 * Overlap of two sets of quantiles, 0 to 1: the mean distance of the quantiles in units of the wider spread (a
 * coarse Wasserstein distance), 1 where they coincide and 0 where they lie a whole spread apart.
 */
function quantileLikeness(a: Record<string, number>, b: Record<string, number>): number | null {
  const pairs = points.flatMap((point) => {
    const [x, y] = [a[point], b[point]]
    return x === undefined || y === undefined ? [] : [[x, y] as const]
  })
  if (pairs.length < 3) return null
  const spreadOf = (values: number[]) => Math.max(...values) - Math.min(...values)
  const spread = Math.max(spreadOf(pairs.map(([x]) => x)), spreadOf(pairs.map(([, y]) => y)))
  const distance = pairs.reduce((sum, [x, y]) => sum + Math.abs(x - y), 0) / pairs.length
  if (spread === 0) return distance === 0 ? 1 : 0
  // Distances of a tenth of the spread are what samples of one thing show.
  return Math.max(0, 1 - Math.max(0, distance / spread - 0.02) * 2.5)
}

/** Shared weight of the most frequent values. */
function topLikeness(a: [string, number][], b: [string, number][]): number {
  const shares = new Map(b)
  const shared = a.reduce((sum, [value, share]) => sum + Math.min(share, shares.get(value) ?? 0), 0)
  const whole = Math.min(
    a.reduce((sum, [, share]) => sum + share, 0),
    b.reduce((sum, [, share]) => sum + share, 0),
  )
  return whole === 0 ? 0 : shared / whole
}

/** The distribution of values that are all multiplied, e.g. into another unit. */
export const scaled = (distribution: Distribution | null, factor: number): Distribution | null =>
  distribution?.quantiles && factor !== 1
    ? {
        ...distribution,
        quantiles: Object.fromEntries(
          Object.entries(distribution.quantiles).map(([share, value]) => [share, value * factor]),
        ),
      }
    : distribution

/** How alike the values of two features are, 0 to 1; null where nothing of both is known. */
export function distributionLikeness(a: Distribution | null, b: Distribution | null): number | null {
  if (!a || !b) return null
  const values =
    a.quantiles && b.quantiles
      ? quantileLikeness(a.quantiles, b.quantiles)
      : a.top && b.top
        ? topLikeness(a.top, b.top)
        : a.true_share !== undefined && b.true_share !== undefined
          ? near(a.true_share, b.true_share)
          : null
  return values === null ? null : values * (0.7 + 0.3 * near(a.null_share, b.null_share))
}
