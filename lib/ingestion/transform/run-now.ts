import { withTransaction } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { enqueue } from '@/lib/queue'
import {
  type FinishedRunResource,
  runWindow,
  type TransformationRunDetail,
  type Trigger,
} from '../operations'
import { mayWriteAtAll, writeTarget } from '../write-target'
import { transformationOf } from './compute-window'
import { getTransformationRun } from './list-runs'
import { namedBounds, type RunRequest } from './plan-run'
import { runTransformation } from './run-transformation'
import { jobInput, runTitle, transformationKind } from './transformation-jobs'

interface RunTarget {
  group: string
  version?: number | undefined
}

const requestOf = (body: unknown): RunRequest => {
  const { gaps_only: gapsOnly, ...window } = parseInput(runWindow, body ?? {})
  return { ...window, gapsOnly }
}

/** Runs a group's transformation as somebody asked for it, in the window of the body. Errors: as runTransformation. */
export async function runNow(ctx: Context, target: RunTarget, body: unknown): Promise<FinishedRunResource> {
  await mayWriteAtAll(ctx, 'both')
  return runTransformation(ctx, target, requestOf(body))
}

/** A window with a beginning lies behind the watermark, or it would not need to be named. */
const triggerOf = ({ from }: RunRequest): Trigger => (from === undefined ? 'hand' : 'backfill')

/** The same as a job, which can be left and found again. Errors: as runTransformation, before anything runs. */
export async function queueRun(
  ctx: Context,
  { group, version: major }: RunTarget,
  body: unknown,
): Promise<TransformationRunDetail> {
  await mayWriteAtAll(ctx, 'both')
  const request = requestOf(body)
  const { version } = await writeTarget(
    ctx,
    { group, ...(major === undefined ? {} : { version: major }) },
    'both',
  )
  transformationOf(version)
  namedBounds(ctx, request)
  const trigger = triggerOf(request)
  const job = await withTransaction((tx) =>
    enqueue(tx, ctx, {
      kind: transformationKind,
      title: runTitle(version, trigger, request),
      input: jobInput(version, trigger, request),
      resource: { kind: 'group', name: version.groupName },
      environment: version.environment,
    }),
  )
  return getTransformationRun(ctx, { group, version: version.major, job })
}
