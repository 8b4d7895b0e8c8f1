import type { Transaction } from '@/db/client'
import type { Transformation } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import type { ServingVersion } from '@/lib/registry'
import { writeRows } from '../write-rows'
import type { WriteTarget } from '../write-target'
import type { TransformationWindow } from './bind-window'
import { explainSql } from './explain-sql'
import { type ComputedWindow, saveInterval } from './intervals'
import type { Input } from './resolve-inputs'
import { spanRead } from './span-read'
import { stageSelect } from './stage-select'
import { advanceWatermark } from './state'
import { windowedSql } from './windowed-sql'
import { withRelations } from './with-relations'

/** A window that takes longer is cut smaller, or never ends. */
const longestMinutes = 30

/** The transformation of a version. Errors: conflict when it has none. */
export function transformationOf({ transformation, groupName, major }: ServingVersion): Transformation {
  if (transformation) return transformation
  throw new DomainError('conflict', `${groupName}@${major} has no transformation.`)
}

/** Runs `work` with a signal that also fires when it takes too long. Errors: invalid then. */
export async function withinMinutes<T>(
  ctx: Context,
  minutes: number,
  work: (ctx: Context) => Promise<T>,
): Promise<T> {
  const late = AbortSignal.timeout(minutes * 60_000)
  try {
    return await work({ ...ctx, signal: AbortSignal.any([ctx.signal, late]) })
  } catch (error) {
    if (!late.aborted || ctx.signal.aborted) throw error
    const reason = `The SQL ran longer than ${minutes} minutes and was stopped. Let it read less at once: a smaller window, or a look-back.`
    throw new DomainError('invalid', reason, {}, { cause: error })
  }
}

export interface WindowRun {
  target: WriteTarget
  inputs: readonly Input[]
  window: TransformationWindow
  job: string
  /** More of the same act, in the transaction of its commit. */
  also: (tx: Transaction, computed: ComputedWindow) => Promise<void>
}

/**
 * Computes one window and commits its rows, with its interval and the watermark, whole or not at all. A failed one
 * changes nothing but the list of intervals.
 */
export async function computeWindow(ctx: Context, run: WindowRun): Promise<ComputedWindow> {
  const { target, inputs, window, job, also } = run
  const { version } = target
  const { sql: text, lookback } = transformationOf(version)
  const reading = { span: spanRead(lookback, window), limit: null }
  const sql = windowedSql(version, text, window)
  let computed: ComputedWindow = { ...window, rows: 0, commit: null }
  try {
    await withinMinutes(ctx, longestMinutes, (bounded) =>
      writeRows(bounded, {
        target,
        kind: 'transformation',
        mode: 'strict',
        to: 'both',
        replaces: { after: window.from, until: window.to },
        stage: (options) =>
          withRelations(inputs, reading, bounded.signal, (relations) =>
            stageSelect(options, { sql, inputs: relations, online: version.online }),
          ),
        also: async (tx, { commit, accepted }) => {
          computed = { ...window, rows: accepted, commit }
          await saveInterval(tx, version, job, 'computed', computed, ctx.now())
          await advanceWatermark(tx, version, window)
          await also(tx, computed)
        },
      }),
    )
    return computed
  } catch (error) {
    throw explainSql(error, text, window)
  }
}
