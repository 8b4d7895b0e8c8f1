import { formatCount, formatNumber } from '@/components/ui/format-number'
import { formatDay } from '@/components/ui/format-time'
import type { ChartTable } from './chart-frame'
import { gapsOf } from './gaps'
import type { HoverColumn } from './hover-columns'
import type { Tick } from './plot'
import { niceTicks, toUnit } from './scale'

/** Values at 0.1, 0.25, 0.5, 0.75 and 0.9. */
export type Quantiles = readonly { p: number; value: number }[]

export interface QuantilePoint {
  /** ISO date on which the window starts. */
  start: string
  /** Null: not known of that window, and `reason` says why. */
  quantiles: Quantiles | null
  reason: string
  rows: number
}

export interface QuantileBandsInput {
  name: string
  step: string
  points: readonly QuantilePoint[]
  /** The reference's own; its median is drawn dashed. */
  reference: Quantiles | null
}

export interface PreparedQuantiles {
  /** SVG paths in a 1000 × 1000 box: 10 to 90 %, 25 to 75 %, and the median. */
  outer: string
  inner: string
  median: string
  dots: string
  yTicks: Tick[]
  xTicks: Tick[]
  columns: HoverColumn[]
  gaps: { from: number; to: number }[]
  reference: { y: number; at: number; text: string } | null
  table: ChartTable
  finding: string
}

const shares = [0.1, 0.25, 0.5, 0.75, 0.9]

const valueAt = (quantiles: Quantiles | null, share: number): number | null =>
  quantiles?.find(({ p }) => p === share)?.value ?? null

/** Where half of the newest window's values lay, beside the reference's. */
function findingOf({ name, step, points, reference }: QuantileBandsInput): string {
  const newest = points.findLast(({ quantiles }) => quantiles !== null)
  const span = spanOf(newest?.quantiles ?? null)
  if (!newest || span === null)
    return `Quantiles of ${name} are not known: ${points.at(-1)?.reason ?? 'no rows'}`
  const before = spanOf(reference)
  const against = before === null ? '' : `; ${before} in the reference`
  return `Half of ${name} lay between ${span} in the ${step} of ${formatDay(newest.start)}${against}`
}

/** "−0.7 and 9.7"; null where the quartiles are not known. */
function spanOf(quantiles: Quantiles | null): string | null {
  const low = valueAt(quantiles, 0.25)
  const high = valueAt(quantiles, 0.75)
  return low === null || high === null ? null : `${formatNumber(low, 3)} and ${formatNumber(high, 3)}`
}

interface Scales {
  x: (index: number) => number
  y: (value: number) => number
}

/** Runs of windows of which something is known; a gap ends one. */
function runsOf(points: readonly QuantilePoint[]): { index: number; quantiles: Quantiles }[][] {
  const runs: { index: number; quantiles: Quantiles }[][] = []
  let isOpen = false
  points.forEach(({ quantiles }, index) => {
    if (quantiles === null) {
      isOpen = false
      return
    }
    if (isOpen) runs.at(-1)?.push({ index, quantiles })
    else runs.push([{ index, quantiles }])
    isOpen = true
  })
  return runs
}

/** A window alone is drawn half a column wide, since an area needs a width. */
function bandOf(points: readonly QuantilePoint[], { x, y }: Scales, low: number, high: number): string {
  const half = 250 / Math.max(1, points.length)
  return runsOf(points)
    .map((run) => {
      const spots = run.flatMap(({ index, quantiles }) => {
        const below = valueAt(quantiles, low)
        const above = valueAt(quantiles, high)
        if (below === null || above === null) return []
        const at = run.length === 1 ? [x(index) - half, x(index) + half] : [x(index)]
        return at.map((left) => ({ left, below, above }))
      })
      if (spots.length === 0) return ''
      const upper = spots.map(({ left, above }) => `${left.toFixed(1)} ${y(above).toFixed(1)}`)
      const lower = spots.toReversed().map(({ left, below }) => `${left.toFixed(1)} ${y(below).toFixed(1)}`)
      return `M${[...upper, ...lower].join('L')}Z`
    })
    .join('')
}

function medianPaths(points: readonly QuantilePoint[], { x, y }: Scales) {
  const runs = runsOf(points).map((run) =>
    run.flatMap(({ index, quantiles }) => {
      const median = valueAt(quantiles, 0.5)
      return median === null ? [] : [`${x(index).toFixed(1)} ${y(median).toFixed(1)}`]
    }),
  )
  return {
    median: runs.map((run) => (run.length > 0 ? `M${run.join('L')}` : '')).join(''),
    dots: runs.flatMap((run) => run.map((at) => `M${at}h.01`)).join(''),
  }
}

function domainOf({ points, reference }: QuantileBandsInput): [number, number] {
  const values = [...points.flatMap(({ quantiles }) => quantiles ?? []), ...(reference ?? [])].map(
    ({ value }) => value,
  )
  if (values.length === 0) return [0, 1]
  const low = Math.min(...values)
  const high = Math.max(...values)
  const room = (high - low || Math.abs(high) || 1) * 0.06
  return [low - room, high + room]
}

const texts = ({ quantiles, reason }: QuantilePoint): string =>
  quantiles === null
    ? reason
    : `median ${formatNumber(valueAt(quantiles, 0.5), 4)}, half ${formatNumber(valueAt(quantiles, 0.25), 4)} to ${formatNumber(valueAt(quantiles, 0.75), 4)}, 8 of 10 ${formatNumber(valueAt(quantiles, 0.1), 4)} to ${formatNumber(valueAt(quantiles, 0.9), 4)}`

function tableOf({ step, points }: QuantileBandsInput): ChartTable {
  return {
    head: [
      `${step.charAt(0).toUpperCase()}${step.slice(1)} of`,
      '10 %',
      '25 %',
      'Median',
      '75 %',
      '90 %',
      'Rows',
    ],
    rows: points.map(({ start, quantiles, rows }) => [
      formatDay(start, true),
      ...shares.map((share) => (quantiles === null ? '–' : formatNumber(valueAt(quantiles, share), 4))),
      formatCount(rows),
    ]),
  }
}

/** Quantiles by window → what is drawn. A window of which nothing is known is a gap, never zero. */
export function prepareQuantileBands(input: QuantileBandsInput): PreparedQuantiles {
  const { points, reference } = input
  const domain = domainOf(input)
  const count = Math.max(1, points.length)
  const scales: Scales = {
    x: (index) => ((index + 0.5) / count) * 1000,
    y: (value) => 1000 - toUnit(value, domain) * 1000,
  }
  const every = Math.max(1, Math.ceil(count / 6))
  const median = valueAt(reference, 0.5)
  return {
    outer: bandOf(points, scales, 0.1, 0.9),
    inner: bandOf(points, scales, 0.25, 0.75),
    ...medianPaths(points, scales),
    yTicks: niceTicks(domain[0], domain[1], 4).map((value) => ({
      at: toUnit(value, domain),
      text: formatNumber(value),
    })),
    xTicks: points.flatMap(({ start }, index) =>
      index % every === 0 ? [{ at: (index + 0.5) / count, text: formatDay(start) }] : [],
    ),
    columns: points.map((point, index) => ({
      from: index / count,
      to: (index + 1) / count,
      text: `${formatDay(point.start, true)}: ${texts(point)} · ${formatCount(point.rows)} rows`,
    })),
    gaps: gapsOf(points.map(({ quantiles }) => quantiles === null)),
    reference:
      median === null
        ? null
        : { y: scales.y(median), at: toUnit(median, domain), text: `reference ${formatNumber(median)}` },
    table: tableOf(input),
    finding: findingOf(input),
  }
}
