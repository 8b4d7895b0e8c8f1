import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import type { WriteTarget } from '../write-target'
import type { TransformationWindow } from './bind-window'
import { transformationOf } from './compute-window'
import { type InputNews, newsOf } from './input-news'
import { intervalsBetween } from './intervals'
import { beginningMicros, pieces, planWindows } from './plan-windows'
import type { Input } from './resolve-inputs'
import { merged, type Span, subtract } from './spans'
import { stateOf } from './state'
import { durationMicros, instantOf, microsOf } from './window-time'

export interface RunRequest {
  /** RFC 3339; without `from` a run goes on where the last one ended, late rows included. */
  from?: string | undefined
  to?: string | undefined
  /** ISO 8601: the window is computed in pieces of this length. */
  step?: string | undefined
  /** Only what no run has computed. */
  gapsOnly?: boolean | undefined
}

const mostWindows = 10_000
const spanOf = (window: TransformationWindow): Span => ({
  from: microsOf(window.from),
  to: microsOf(window.to),
})
export const windowOf = ({ from, to }: Span): TransformationWindow => ({
  from: instantOf(from),
  to: instantOf(to),
})

/** The bounds that somebody named. Errors: invalid. */
export function namedBounds(
  ctx: Context,
  { from, to }: RunRequest,
): { from: bigint | null; to: bigint | null } {
  const now = microsOf(ctx.now().toISOString())
  const start = from === undefined ? null : microsOf(from)
  const end = to === undefined ? null : microsOf(to)
  if (end !== null && end > now) throw invalidField('/to', '`to` lies in the future.')
  if (start !== null && start >= (end ?? now)) throw invalidField('/from', '`from` must lie before `to`.')
  return { from: start, to: end }
}

export interface RunPlan {
  windows: Span[]
  /** What the first window takes in; null when it is a window that somebody named. */
  news: InputNews | null
}

async function planNamed(target: WriteTarget, request: RunRequest, span: Span): Promise<RunPlan> {
  const done = request.gapsOnly ? await intervalsBetween(target.version, windowOf(span)) : []
  const computed = done.filter(({ state }) => state === 'computed').map(spanOf)
  const step = durationMicros(request.step)
  const open = subtract([span], merged(computed))
  const windows =
    step === null ? open : open.flatMap((one) => (one.from === beginningMicros ? [one] : pieces(one, step)))
  if (windows.length > mostWindows)
    throw invalidField(
      '/step',
      `makes ${windows.length} windows; at most ${mostWindows} are computed at once.`,
    )
  return { windows, news: null }
}

async function planNext(
  ctx: Context,
  { version }: WriteTarget,
  inputs: readonly Input[],
  until: bigint | null,
): Promise<RunPlan> {
  const { interval, lookback } = transformationOf(version)
  const { watermark, handled } = await stateOf(version)
  const news = await newsOf(inputs, handled, ctx.signal)
  const windows = planWindows({
    watermark: watermark === null ? null : microsOf(watermark),
    now: microsOf(ctx.now().toISOString()),
    until,
    news,
    reach: news.reach,
    interval: durationMicros(interval),
    lookback: durationMicros(lookback),
  })
  return { windows, news }
}

/** The windows of a run, oldest first. Errors: invalid (bounds), conflict (an input without files). */
export function planRun(
  ctx: Context,
  target: WriteTarget,
  inputs: readonly Input[],
  request: RunRequest,
): Promise<RunPlan> {
  const { from, to } = namedBounds(ctx, request)
  if (from === null) return planNext(ctx, target, inputs, to)
  return planNamed(target, request, { from, to: to ?? microsOf(ctx.now().toISOString()) })
}
