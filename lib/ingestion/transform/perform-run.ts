import { db, type Executor, type Transaction, withTransaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { saveCheckpoint } from '@/lib/queue'
import type { WriteTarget } from '../write-target'
import type { TransformationWindow } from './bind-window'
import { computeWindow, transformationOf } from './compute-window'
import { type ComputedWindow, saveInterval } from './intervals'
import { planRun, type RunPlan, type RunRequest, windowOf } from './plan-run'
import { beginningMicros } from './plan-windows'
import { refuseUnsteady } from './refuse-unsteady'
import { requireDerivation } from './require-derivation'
import { type Input, resolveInputs } from './resolve-inputs'
import type { Span } from './spans'
import { saveState, stateOf } from './state'
import { instantOf } from './window-time'

/** Where a run says how it goes. */
export interface RunReport {
  job: string
  /** Windows that an interrupted run of the same job had done, up to here. */
  through: bigint | null
  progress: (done: number, total: number | null, message: string) => Promise<void>
  log: (line: string) => Promise<void>
  /** In the transaction of the last commit. */
  finish: (tx: Transaction, result: RunResult) => Promise<void>
}

export interface RunResult extends TransformationWindow {
  rows: number
  /** Of the last window that held rows. */
  commit: string | null
  windows: ComputedWindow[]
}

function resultOf(windows: ComputedWindow[], bounds: TransformationWindow): RunResult {
  return {
    from: windows[0]?.from ?? bounds.from,
    to: windows.at(-1)?.to ?? bounds.to,
    rows: windows.reduce((sum, { rows }) => sum + rows, 0),
    commit: windows.findLast(({ commit }) => commit !== null)?.commit ?? null,
    windows,
  }
}

const shown = ({ from, to }: TransformationWindow) => `${from.slice(0, 19)}Z … ${to.slice(0, 19)}Z`

async function boundsOf(target: WriteTarget, request: RunRequest): Promise<TransformationWindow> {
  const { watermark } = await stateOf(target.version)
  const from = request.from ?? watermark ?? instantOf(beginningMicros)
  return { from, to: request.to ?? from }
}

interface Work {
  ctx: Context
  target: WriteTarget
  inputs: readonly Input[]
  report: RunReport
  windows: Span[]
  news: RunPlan['news']
  bounds: TransformationWindow
}

/** The first window takes in the late rows; what follows lies after all that was computed. */
const takeIn = (tx: Executor, { target, news }: Work) =>
  news && saveState(tx, target.version, { handled: news.positions, attempted: news.positions })

async function nothingToDo(work: Work): Promise<RunResult> {
  const result = resultOf([], work.bounds)
  await work.report.log('There is nothing to compute.')
  await withTransaction(async (tx) => {
    await takeIn(tx, work)
    await work.report.finish(tx, result)
  })
  return result
}

async function nextWindow(work: Work, index: number, done: ComputedWindow[]): Promise<ComputedWindow> {
  const { ctx, target, inputs, report, windows, bounds } = work
  const span = windows[index]
  if (!span) throw new Error(`There is no window ${index}.`)
  const window = windowOf(span)
  const also = async (tx: Transaction, computed: ComputedWindow) => {
    if (index === 0) await takeIn(tx, work)
    await saveCheckpoint(tx, report.job, { through: String(span.to) })
    if (index === windows.length - 1) await report.finish(tx, resultOf([...done, computed], bounds))
  }
  try {
    return await computeWindow(ctx, { target, inputs, window, job: report.job, also })
  } catch (error) {
    const failed = { ...window, rows: 0, commit: null }
    if (!ctx.signal.aborted) await saveInterval(db(), target.version, report.job, 'failed', failed, ctx.now())
    throw error
  }
}

async function computeAll(work: Work): Promise<RunResult> {
  const { ctx, report, windows, bounds } = work
  const done: ComputedWindow[] = []
  for (const [index, span] of windows.entries()) {
    ctx.signal.throwIfAborted()
    const name = shown(windowOf(span))
    await report.progress(index, windows.length, name)
    const since = performance.now()
    const { rows } = await nextWindow(work, index, done).then((one) => {
      done.push(one)
      return one
    })
    const seconds = ((performance.now() - since) / 1000).toFixed(1)
    await report.log(`${name}: ${rows} ${rows === 1 ? 'row' : 'rows'} in ${seconds} s`)
  }
  await report.progress(windows.length, windows.length, 'done')
  return resultOf(done, bounds)
}

/**
 * Computes what a run is to compute, window by window, each as one commit. Under the lock of the version's runs.
 * Errors: conflict, invalid, forbidden, unavailable; the windows before the failed one stay.
 */
export async function performRun(
  ctx: Context,
  target: WriteTarget,
  request: RunRequest,
  report: RunReport,
): Promise<RunResult> {
  const transformation = transformationOf(target.version)
  refuseUnsteady(transformation.sql)
  const inputs = await resolveInputs(ctx, transformation.inputs)
  await requireDerivation(target.version, inputs, ctx.signal)
  const plan = await planRun(ctx, target, inputs, request)
  const { through } = report
  // What goes on from the watermark is planned anew after an interruption: nothing of it is done twice.
  const isNamed = plan.news === null
  const windows = isNamed && through !== null ? plan.windows.filter(({ to }) => to > through) : plan.windows
  const bounds = await boundsOf(target, request)
  const work = { ctx, target, inputs, report, windows, news: plan.news, bounds }
  return windows.length === 0 ? nothingToDo(work) : computeAll(work)
}
