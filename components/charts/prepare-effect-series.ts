import { formatCount, formatNumber } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { ChartTable } from './chart-frame'
import { gapsOf } from './gaps'
import type { HoverColumn } from './hover-columns'
import type { Tick } from './plot'
import { niceTicks, spread, toUnit } from './scale'

export interface EffectPoint {
  /** ISO date on which the window starts. */
  start: string
  /** Null: not judged, and `reason` says why. */
  value: number | null
  reason?: string
  rows?: number
  /** Where the value lies when nothing drifts: drawn as the sampling band. */
  band?: readonly [low: number, high: number]
}

export interface Threshold {
  /** "warn", "fail". */
  label: string
  value: number
}

export interface EffectSeriesInput {
  /** "PSI", "Wasserstein-1, standard deviations moved". */
  measure: string
  /** "week", "day". */
  step: string
  points: readonly EffectPoint[]
  thresholds: readonly Threshold[]
}

export interface PreparedSeries {
  /** SVG paths in a 1000 × 1000 box. */
  line: string
  dots: string
  band: string
  yTicks: Tick[]
  xTicks: Tick[]
  columns: HoverColumn[]
  /** Runs of windows that were not judged, 0…1 from the left. */
  gaps: { from: number; to: number }[]
  thresholds: { y: number; labelAt: number; text: string }[]
  table: ChartTable
  finding: string
}

/** The series in one sentence: where it was highest against the lowest threshold, or why it is not judged. */
export function describeEffect(input: EffectSeriesInput): string {
  const { measure, step, points, thresholds } = input
  const judged = points.flatMap((point) => (point.value === null ? [] : [{ ...point, value: point.value }]))
  const first = judged[0]
  if (!first) {
    const reason = points.at(-1)?.reason
    return `${measure} is not judged${reason ? `: ${reason}` : ''}`
  }
  const peak = judged.reduce(
    (top, point) => (Math.abs(point.value) > Math.abs(top.value) ? point : top),
    first,
  )
  const crossed = thresholds
    .filter((threshold) => Math.abs(peak.value) > threshold.value)
    .sort((a, b) => b.value - a.value)[0]
  const lowest = thresholds.toSorted((a, b) => a.value - b.value)[0]
  if (crossed) {
    const when = `in the ${step} of ${formatDay(peak.start)}`
    const limit = crossed.label === 'limit' ? 'limit' : `${crossed.label} limit`
    return `${measure} reached ${formatNumber(peak.value, 3)} ${when}, over the ${limit} of ${formatNumber(crossed.value)}`
  }
  const span =
    judged.length === 1 ? `the one ${step} judged` : `all ${formatCount(judged.length)} ${step}s judged`
  if (!lowest) return `${measure} was at most ${formatNumber(peak.value, 3)} in ${span}`
  return `${measure} stayed below ${formatNumber(lowest.value)} in ${span}`
}

function paths(points: readonly EffectPoint[], x: (index: number) => number, y: (value: number) => number) {
  let line = ''
  let dots = ''
  let pen = false
  points.forEach((point, index) => {
    if (point.value === null) {
      pen = false
      return
    }
    const at = `${x(index).toFixed(1)} ${y(point.value).toFixed(1)}`
    line += `${pen ? 'L' : 'M'}${at}`
    dots += `M${at}h.01`
    pen = true
  })
  return { line, dots }
}

function bandPath(
  points: readonly EffectPoint[],
  x: (index: number) => number,
  y: (value: number) => number,
) {
  const banded = points.flatMap((point, index) => (point.band ? [{ index, band: point.band }] : []))
  if (banded.length < 2) return ''
  const upper = banded.map(({ index, band }) => `${x(index).toFixed(1)} ${y(band[1]).toFixed(1)}`)
  const lower = banded
    .toReversed()
    .map(({ index, band }) => `${x(index).toFixed(1)} ${y(band[0]).toFixed(1)}`)
  return `M${upper.join('L')}L${lower.join('L')}Z`
}

function domainOf(input: EffectSeriesInput): [number, number] {
  const values = [
    0,
    ...input.points.flatMap((point) => [point.value ?? 0, ...(point.band ?? [])]),
    ...input.thresholds.map((threshold) => threshold.value),
  ]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = (high - low || 1) * 0.06
  return [low < 0 ? low - room : 0, high + room]
}

/** Values by window → what is drawn. `heightPx` keeps the labels at the right end apart. */
export function prepareEffectSeries(input: EffectSeriesInput, heightPx: number): PreparedSeries {
  const { points, thresholds, measure, step } = input
  const domain = domainOf(input)
  const count = Math.max(1, points.length)
  const x = (index: number) => ((index + 0.5) / count) * 1000
  const y = (value: number) => 1000 - toUnit(value, domain) * 1000
  const heights = thresholds.map((threshold) => toUnit(threshold.value, domain))
  const labels = spread(heights, 14 / heightPx)
  const every = Math.max(1, Math.ceil(count / 6))
  const numbers = (point: EffectPoint) =>
    point.value === null
      ? `not judged${point.reason ? `: ${point.reason}` : ''}`
      : formatNumber(point.value, 3)
  return {
    ...paths(points, x, y),
    band: bandPath(points, x, y),
    yTicks: niceTicks(domain[0], domain[1], 4).map((value) => ({
      at: toUnit(value, domain),
      text: formatNumber(value),
    })),
    xTicks: points.flatMap((point, index) =>
      index % every === 0 ? [{ at: (index + 0.5) / count, text: formatDay(point.start) }] : [],
    ),
    columns: points.map((point, index) => ({
      from: index / count,
      to: (index + 1) / count,
      text: `${formatDay(point.start, true)}: ${numbers(point)}${point.rows === undefined ? '' : ` · ${formatCount(point.rows)} rows`}`,
    })),
    gaps: gapsOf(points.map(({ value }) => value === null)),
    thresholds: thresholds.map((threshold, index) => ({
      y: y(threshold.value),
      labelAt: labels[index] ?? 0,
      text: `${threshold.label} ${formatNumber(threshold.value)}`,
    })),
    table: {
      head: [`${step.charAt(0).toUpperCase()}${step.slice(1)} of`, measure, 'Rows'],
      rows: points.map((point) => [
        formatDay(point.start, true),
        numbers(point),
        point.rows === undefined ? '–' : formatCount(point.rows),
      ]),
    },
    finding: describeEffect(input),
  }
}
