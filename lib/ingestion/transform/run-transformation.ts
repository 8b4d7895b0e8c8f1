import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { appendLog, saveProgress } from '@/lib/queue'
import { mayWriteAtAll, writeTarget } from '../write-target'
import { cancellable } from './cancellable-run'
import { transformationOf } from './compute-window'
import { performRun, type RunReport, type RunResult } from './perform-run'
import type { RunRequest } from './plan-run'
import { withRunLock } from './run-lock'
import { failJob, startJob, succeedJob } from './transformation-jobs'

const runTarget = z.strictObject({ group: z.string().max(1000), version: z.int().min(1).optional() })

interface TransformationRun extends RunResult {
  /** Id of the job. */
  job: string
  group: string
  version: number
  environment: string
}

const reportTo = (ctx: Context, job: string): RunReport => ({
  job,
  through: null,
  progress: (done, total, message) => saveProgress(job, { done, total, message }),
  log: (line) => appendLog(job, ctx.now(), line),
  finish: (tx, result) => succeedJob(tx, ctx, job, result),
})

/**
 * Runs a group's transformation over its declared inputs for the event times after the last run, late rows included
 * (or a window that is named), while the caller waits; the job row tells how it went. A failed window changes nothing.
 * Errors: forbidden, not_found, conflict (no transformation, closed version), in_progress, invalid, unavailable.
 */
export async function runTransformation(
  ctx: Context,
  of: { group: string; version?: number | undefined },
  request: RunRequest = {},
): Promise<TransformationRun> {
  await mayWriteAtAll(ctx, 'both')
  const { group, version: major } = parseInput(runTarget, of)
  const target = await writeTarget(ctx, { group, ...(major === undefined ? {} : { version: major }) }, 'both')
  const { version } = target
  transformationOf(version)
  return withRunLock(version, async () => {
    const job = await startJob(ctx, version, request)
    try {
      const result = await cancellable(ctx, job, (own) =>
        performRun(own, target, request, reportTo(own, job)),
      )
      const { groupName, major: number, environment } = version
      return { job, group: groupName, version: number, environment, ...result }
    } catch (error) {
      await failJob(ctx, job, error)
      throw error
    }
  })
}
