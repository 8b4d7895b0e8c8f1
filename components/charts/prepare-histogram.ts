import { formatCount, formatNumber, formatShare } from '@/components/ui/format-number'
import type { ChartTable } from './chart-frame'
import type { Tick } from './plot'
import { niceTicks } from './scale'

export interface HistogramBin {
  /** Right-closed: (lower, upper]; null is an open end. */
  lower: number | null
  upper: number | null
  count: number
  /** The same bin in the reference. */
  referenceCount?: number
}

export interface HistogramColumn {
  /** 0…1 from the left. */
  from: number
  to: number
  /** 0…1 from the bottom, of the highest column. */
  window: number
  reference: number | null
  label: string
  detail: string
}

export interface PreparedHistogram {
  columns: HistogramColumn[]
  yTicks: Tick[]
  xTicks: Tick[]
  table: ChartTable
  /** Rows in the window, without nulls. */
  total: number
  /** Columns are as wide as their bins only when the bins are equally wide. */
  toScale: boolean
}

/** "≤ −5", "> 30", "−5 to 0"; a bin of one value is that value. */
export function binLabel(bin: Pick<HistogramBin, 'lower' | 'upper'>, digits = 4): string {
  const { lower, upper } = bin
  if (lower === null && upper === null) return 'all values'
  if (lower === null) return `≤ ${formatNumber(upper, digits)}`
  if (upper === null) return `> ${formatNumber(lower, digits)}`
  return lower === upper
    ? formatNumber(lower, digits)
    : `${formatNumber(lower, digits)} to ${formatNumber(upper, digits)}`
}

/** The fewest significant digits, from 3 on, by which no two edges read alike. */
function digitsFor(bins: readonly HistogramBin[]): number {
  const edges = [
    ...new Set(bins.flatMap(({ lower, upper }) => [lower, upper]).filter((edge) => edge !== null)),
  ]
  for (let digits = 3; digits < 12; digits += 1) {
    if (new Set(edges.map((edge) => formatNumber(edge, digits))).size === edges.length) return digits
  }
  return 12
}

function equallyWide(bins: readonly HistogramBin[]): boolean {
  const widths = bins.map(({ lower, upper }) =>
    lower === null || upper === null ? Number.NaN : upper - lower,
  )
  const first = widths[0] ?? Number.NaN
  return first > 0 && widths.every((width) => Math.abs(width - first) <= first * 0.01)
}

function edgeTicks(bins: readonly HistogramBin[], toScale: boolean, digits: number): Tick[] {
  const count = bins.length
  if (toScale) {
    const low = bins[0]?.lower ?? 0
    const high = bins.at(-1)?.upper ?? 1
    return niceTicks(low, high, 7).map((value) => ({
      at: (value - low) / (high - low),
      text: formatNumber(value),
    }))
  }
  const single = bins.every((bin) => bin.lower !== null && bin.lower === bin.upper)
  const every = Math.max(1, Math.ceil(count / 7))
  if (single) {
    return bins.flatMap((bin, index) =>
      index % every === 0 ? [{ at: (index + 0.5) / count, text: formatNumber(bin.lower, digits) }] : [],
    )
  }
  return bins.flatMap((bin, index) => {
    if (bin.upper === null || index % every !== 0 || index === count - 1) return []
    return [{ at: (index + 1) / count, text: formatNumber(bin.upper, digits) }]
  })
}

/** Counts → shares of their own side, so that window and reference of unlike size can be compared. */
export function prepareHistogram(bins: readonly HistogramBin[]): PreparedHistogram {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0)
  const withReference = bins.some((bin) => bin.referenceCount !== undefined)
  const referenceTotal = bins.reduce((sum, bin) => sum + (bin.referenceCount ?? 0), 0)
  const shares = bins.map((bin) => ({
    window: total > 0 ? bin.count / total : 0,
    reference: withReference && referenceTotal > 0 ? (bin.referenceCount ?? 0) / referenceTotal : null,
  }))
  const top = Math.max(0, ...shares.flatMap(({ window, reference }) => [window, reference ?? 0])) || 1
  const toScale = equallyWide(bins)
  const digits = digitsFor(bins)
  const columns = bins.map((bin, index) => {
    const share = shares[index] ?? { window: 0, reference: null }
    const against = share.reference === null ? '' : `, reference ${formatShare(share.reference)}`
    return {
      from: index / bins.length,
      to: (index + 1) / bins.length,
      window: share.window / top,
      reference: share.reference === null ? null : share.reference / top,
      label: binLabel(bin, digits),
      detail: `${binLabel(bin, digits)}: ${formatShare(share.window)} (${formatCount(bin.count)})${against}`,
    }
  })
  return {
    columns,
    yTicks: niceTicks(0, top, 4).map((value) => ({ at: value / top, text: formatShare(value) })),
    xTicks: edgeTicks(bins, toScale, digits),
    table: {
      head: ['Values', 'Rows', 'Share', ...(withReference ? ['Reference rows', 'Reference share'] : [])],
      rows: bins.map((bin, index) => [
        binLabel(bin, digits),
        formatCount(bin.count),
        formatShare(shares[index]?.window),
        ...(withReference
          ? [formatCount(bin.referenceCount ?? 0), formatShare(shares[index]?.reference)]
          : []),
      ]),
    },
    total,
    toScale,
  }
}
