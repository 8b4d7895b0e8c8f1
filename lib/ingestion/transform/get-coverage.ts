import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import type { CoverageQuery, CoverageResource } from '../coverage-operations'
import type { TransformationWindow } from './bind-window'
import { transformationOf } from './compute-window'
import { type CoveragePart, type CoverageState, coverageDays, dayMicros } from './coverage-days'
import { boundsOfRuns, type Interval, intervalsBetween } from './intervals'
import { readableVersion } from './list-runs'
import { beginningMicros } from './plan-windows'
import { intersect, merged, type Span, subtract } from './spans'
import { stateOf } from './state'
import { ceilTo, floorTo, instantOf, microsOf } from './window-time'

const usualDays = 56n
const mostDays = 3700n

const isDate = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text)

/** Whole days, since they are what people look at. Errors: invalid. */
function rangeOf(ctx: Context, { from, to }: Pick<CoverageQuery, 'from' | 'to'>): Span {
  const now = ctx.now().toISOString()
  const end = to === undefined ? microsOf(now) : microsOf(to) + (isDate(to) ? dayMicros : 0n)
  const last = ceilTo(end, dayMicros)
  const first = from === undefined ? last - usualDays * dayMicros : floorTo(microsOf(from), dayMicros)
  if (first >= last) throw invalidField('/from', '`from` must lie before `to`.')
  if (last - first > mostDays * dayMicros)
    throw invalidField('/from', 'More than ten years cannot be shown at once.')
  return { from: first, to: last }
}

const spansOf = (intervals: Interval[], state: Interval['state'], { from, to }: Span): Span[] =>
  merged(
    intervals
      .filter((one) => one.state === state)
      .map((one) => ({ from: microsOf(one.from), to: microsOf(one.to) }))
      .map((one) => ({ from: one.from < from ? from : one.from, to: one.to > to ? to : one.to })),
  )

/** What runs made of a range, in order and without holes. A failed or reverted window hides nothing that stands. */
function partsOf(range: Span, intervals: Interval[], asked: Span): CoveragePart[] {
  const parts: CoveragePart[] = []
  let rest: Span[] = [range]
  const take = (state: CoverageState, spans: Span[]) => {
    for (const span of intersect(rest, spans)) parts.push({ ...span, state })
    rest = subtract(rest, spans)
  }
  for (const state of ['computed', 'failed', 'reverted'] as const)
    take(state, spansOf(intervals, state, range))
  if (asked.from < asked.to) take('gap', [asked])
  if (beginningMicros < asked.from) take('before', [{ from: beginningMicros, to: asked.from }])
  for (const span of rest) parts.push({ ...span, state: 'ahead' })
  return parts.sort((a, b) => (a.from < b.from ? -1 : 1))
}

/** From the first window on up to the watermark, or to the last window where one lies behind it. */
function askedFor(range: Span, runs: TransformationWindow | null, watermark: string | null): Span {
  if (!runs) return { from: range.from, to: range.from }
  const last = microsOf(runs.to)
  const mark = watermark === null ? last : microsOf(watermark)
  return { from: microsOf(runs.from), to: mark > last ? mark : last }
}

const fillable = new Set<CoverageState>(['gap', 'failed', 'reverted'])

/** Event times that a group's transformation has computed, and what is missing. Errors: forbidden, not_found, conflict, invalid. */
export async function getCoverage(
  ctx: Context,
  { group, version: major, from, to }: { group: string } & CoverageQuery,
): Promise<CoverageResource> {
  const version = await readableVersion(ctx, { group, version: major })
  transformationOf(version)
  const range = rangeOf(ctx, { from, to })
  const bounds = { from: instantOf(range.from), to: instantOf(range.to) }
  const [{ watermark }, intervals, runs] = await Promise.all([
    stateOf(version),
    intervalsBetween(version, bounds),
    boundsOfRuns(version),
  ])
  const parts = partsOf(range, intervals, askedFor(range, runs, watermark))
  const shown = parts.map((part) => ({
    from: instantOf(part.from),
    to: instantOf(part.to),
    state: part.state,
  }))
  return {
    group: version.groupName,
    version: version.major,
    environment: version.environment,
    ...bounds,
    watermark,
    intervals: shown,
    gaps: shown.filter(({ state }) => fillable.has(state)),
    days: coverageDays(range, parts),
  }
}
