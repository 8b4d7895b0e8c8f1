import { z } from 'zod'
import type { EffectSeriesInput, Threshold } from '@/components/charts/prepare-effect-series'
import type { HistogramBin } from '@/components/charts/prepare-histogram'
import type { TopValue } from '@/components/charts/prepare-top-values'
import { formatShare } from '@/components/ui/format-number'
import type { DriftSeries, DriftWindow } from '@/lib/monitoring/operations'

export interface DriftChart extends EffectSeriesInput {
  id: string
  /** Replaces the generated finding. */
  title?: string
}

/** The limits in force in the newest window that was judged; each window's own stand in the table. */
function limitsOf(
  { windows, thresholds }: DriftSeries,
  effect: 'psi' | 'wasserstein_over_ref_std',
): Threshold[] {
  const newest = windows.findLast((window) => window.rows > 0)
  const { warn, fail } = newest?.thresholds[effect] ?? thresholds[effect]
  if (warn === fail) return [{ label: 'fail', value: fail }]
  return [
    { label: 'warn', value: warn },
    { label: 'fail', value: fail },
  ]
}

function pointsOf(
  { windows }: DriftSeries,
  effectOf: (window: DriftWindow) => number | null,
  bandOf: (window: DriftWindow) => number | null = () => null,
): EffectSeriesInput['points'] {
  return windows.map((window) => {
    const top = bandOf(window)
    return {
      start: window.start,
      value: effectOf(window),
      rows: window.rows,
      reason: window.sentence.replace(/\.$/, ''),
      ...(top === null ? {} : { band: [0, top] as const }),
    }
  })
}

const moved = (series: DriftSeries): DriftChart => ({
  id: 'moved',
  measure: series.kind === 'length' ? 'Length, standard deviations moved' : 'Standard deviations moved',
  step: series.window,
  points: pointsOf(series, (window) => window.wasserstein_over_ref_std),
  thresholds: limitsOf(series, 'wasserstein_over_ref_std'),
})

const psi = (series: DriftSeries): DriftChart => ({
  id: 'psi',
  measure: 'PSI',
  step: series.window,
  points: pointsOf(
    series,
    (window) => window.psi,
    (window) => window.psi_floor,
  ),
  thresholds: limitsOf(series, 'psi'),
})

const trueRate = (series: DriftSeries): DriftChart => ({
  id: 'true_rate',
  measure: 'Share of true',
  step: series.window,
  points: pointsOf(series, (window) => window.true_rate),
  thresholds: [],
})

/** The null rate stands beside every drift score. Its limits are the reference's own rate and the allowed rise. */
function nulls(series: DriftSeries): DriftChart {
  const { reference, thresholds } = series
  const base = reference && reference.rows > 0 ? reference.nulls / reference.rows : 0
  const { warn, fail } = thresholds.null_rate_increase
  const peak = Math.max(0, ...series.windows.map((window) => window.null_rate ?? 0))
  const isQuiet = peak <= base + warn / 2
  return {
    id: 'nulls',
    title:
      peak === 0
        ? `No nulls in any ${series.window}`
        : `At most ${formatShare(peak)} nulls in a ${series.window}`,
    measure: 'Null rate',
    step: series.window,
    points: pointsOf(series, (window) => window.null_rate),
    thresholds: isQuiet
      ? []
      : [
          { label: 'warn', value: base + warn },
          { label: 'fail', value: base + fail },
        ],
  }
}

/** Values went missing, and what was left did not move: the finding is then about the null rate. */
function isAboutNulls({ windows, thresholds }: DriftSeries): boolean {
  const alarms = windows.filter(
    ({ judged, in_reference: known }) => !known && (judged === 'warn' || judged === 'fail'),
  )
  const rose = ({ null_rate_change: change }: DriftWindow) =>
    (change ?? 0) >= thresholds.null_rate_increase.warn
  const stayed = ({ psi: effect, thresholds: limits, ...window }: DriftWindow) =>
    (effect ?? 0) < limits.psi.warn &&
    (window.wasserstein_over_ref_std ?? 0) < limits.wasserstein_over_ref_std.warn
  return alarms.length > 0 && alarms.every((window) => rose(window) && stayed(window))
}

function chartsOf(series: DriftSeries): DriftChart[] {
  switch (series.kind) {
    case 'numeric':
    case 'length':
      return [moved(series), psi(series), nulls(series)]
    case 'categorical':
      return [psi(series), nulls(series)]
    case 'boolean':
      return [trueRate(series), nulls(series)]
    case 'presence':
      return [nulls(series)]
  }
}

/** The charts of a series: the one that the finding speaks of first, with the finding as its title. */
export function driftCharts(series: DriftSeries): DriftChart[] {
  const charts = chartsOf(series)
  const ordered = isAboutNulls(series)
    ? charts.toSorted((a, b) => Number(b.id === 'nulls') - Number(a.id === 'nulls'))
    : charts
  return ordered.map((chart, index) => (index === 0 ? { ...chart, title: series.finding } : chart))
}

const rowCounts = { rows: z.number(), missing: z.number() }
const numericCounts = z.object({
  kind: z.literal('numeric'),
  ...rowCounts,
  counts: z.array(z.number()),
})
const categoricalCounts = z.object({
  kind: z.literal('categorical'),
  ...rowCounts,
  values: z.array(z.tuple([z.string(), z.number()])),
})
const booleanCounts = z.object({
  kind: z.literal('boolean'),
  ...rowCounts,
  trues: z.number(),
})
const windowCounts = z.union([numericCounts, categoricalCounts, booleanCounts])
type WindowCounts = z.output<typeof windowCounts>

/** The counts of a stored profile as far as they can be drawn. */
export function parseCounts(counts: unknown): WindowCounts | null {
  const parsed = windowCounts.safeParse(counts)
  return parsed.success ? parsed.data : null
}

/** Window and reference on the reference's own bins; empty when either has none. */
export function overlaidBins(counts: readonly number[], reference: DriftSeries['reference']): HistogramBin[] {
  const edges = reference?.edges
  const against = reference?.counts
  if (!edges || !against || counts.length !== edges.length + 1 || against.length !== counts.length) return []
  return counts
    .map((count, index) => ({
      lower: edges[index - 1] ?? null,
      upper: edges[index] ?? null,
      count,
      referenceCount: against[index] ?? 0,
    }))
    .filter(({ upper, count, referenceCount }) => upper !== null || count > 0 || referenceCount > 0)
}

/** Why some of a profile's counts are not shown; null when nothing is hidden. */
export function hiddenReason(counts: unknown): string | null {
  const parsed = z.object({ hidden: z.string() }).safeParse(counts)
  return parsed.success ? parsed.data.hidden : null
}

const shownValues = 12

/** Values of a window, the reference's share beside each; what only the reference has stands there with none. */
export function overlaidValues(
  counts: Exclude<WindowCounts, { kind: 'numeric' }>,
  reference: DriftSeries['reference'],
): TopValue[] {
  const total = reference ? reference.rows - reference.nulls : 0
  const share = (count: number | null | undefined) =>
    total > 0 && count !== null && count !== undefined ? { referenceShare: count / total } : {}
  if (counts.kind === 'boolean') {
    const trues = reference?.trues ?? null
    return [
      { value: 'true', count: counts.trues, ...share(trues) },
      {
        value: 'false',
        count: counts.rows - counts.missing - counts.trues,
        ...share(trues === null ? null : total - trues),
      },
    ]
  }
  const known = new Map(reference?.values ?? [])
  const own = new Set(counts.values.map(([value]) => value))
  const gone = [...known.keys()].filter((value) => !own.has(value)).map((value) => [value, 0] as const)
  return [...counts.values, ...gone]
    .slice(0, shownValues)
    .map(([value, count]) => ({ value, count, ...share(known.get(value)) }))
}

/** The window that the address names by a day in it; else the newest with rows. */
export function windowOf(series: DriftSeries, day: string | null): DriftWindow | null {
  const at = day === null ? Number.NaN : Date.parse(day)
  const named = series.windows.find(({ start, end }) => Date.parse(start) <= at && at < Date.parse(end))
  return named ?? series.windows.findLast(({ rows }) => rows > 0) ?? null
}
