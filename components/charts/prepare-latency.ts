import { formatMilliseconds } from '@/components/ui/format-number'
import type { ChartTable } from './chart-frame'
import { gapsOf } from './gaps'
import type { HoverColumn } from './hover-columns'
import type { Tick } from './plot'
import { bucketText } from './prepare-day-bars'
import { niceTicks } from './scale'

export interface LatencyPoint {
  /** ISO date, or the instant at which an hour begins. */
  start: string
  /** Milliseconds; null where nothing was answered. */
  median: number | null
  slow: number | null
}

export interface PreparedLatency {
  /** SVG paths in a 1000 × 1000 box. */
  median: string
  slow: string
  dots: string
  yTicks: Tick[]
  xTicks: Tick[]
  columns: HoverColumn[]
  gaps: { from: number; to: number }[]
  table: ChartTable
}

/** Lines between neighbours that are both known; one alone is a dot. */
function pathsOf(values: readonly (number | null)[], top: number): { line: string; dots: string } {
  const spots = values.map((value, index) =>
    value === null
      ? null
      : `${(((index + 0.5) / values.length) * 1000).toFixed(1)} ${(1000 - (value / top) * 1000).toFixed(1)}`,
  )
  return {
    line: spots
      .map((spot, index) => (spot === null ? '' : `${spots[index - 1] ? 'L' : 'M'}${spot}`))
      .join(''),
    dots: spots.map((spot) => (spot === null ? '' : `M${spot}h.01`)).join(''),
  }
}

/** Median and 99th percentile by bucket; hatched where nothing was answered, which is no duration of zero. */
export function prepareLatency(points: readonly LatencyPoint[]): PreparedLatency {
  const highest = Math.max(0, ...points.flatMap(({ slow, median }) => [slow ?? 0, median ?? 0]))
  const top = highest === 0 ? 1 : highest * 1.06
  const size = Math.max(1, points.length)
  const every = Math.max(1, Math.ceil(size / 6))
  const median = pathsOf(
    points.map((point) => point.median),
    top,
  )
  const slow = pathsOf(
    points.map((point) => point.slow),
    top,
  )
  return {
    median: median.line,
    slow: slow.line,
    dots: median.dots + slow.dots,
    yTicks: niceTicks(0, top, 4).map((value) => ({ at: value / top, text: formatMilliseconds(value) })),
    xTicks: points.flatMap(({ start }, index) =>
      index % every === 0 ? [{ at: (index + 0.5) / size, text: bucketText(start) }] : [],
    ),
    columns: points.map((point, index) => ({
      from: index / size,
      to: (index + 1) / size,
      text: `${bucketText(point.start, true)}: ${
        point.median === null
          ? 'nothing was answered'
          : `p50 ${formatMilliseconds(point.median)}, p99 ${formatMilliseconds(point.slow)}`
      }`,
    })),
    gaps: gapsOf(points.map((point) => point.median === null)),
    table: {
      head: [points[0]?.start.length === 10 ? 'Day' : 'Hour', 'p50', 'p99'],
      rows: points.map((point) => [
        bucketText(point.start, true),
        formatMilliseconds(point.median),
        formatMilliseconds(point.slow),
      ]),
    },
  }
}
