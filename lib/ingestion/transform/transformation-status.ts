import { db, withTransaction } from '@/db/client'
import { authorize, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { nextDue } from '@/lib/core/schedule'
import { namesOf } from '@/lib/registry'
import type { TransformationStatusResource } from '../coverage-operations'
import { mayWriteAtAll, writeTarget } from '../write-target'
import { transformationOf } from './compute-window'
import { readableVersion } from './list-runs'
import { resolveInputs } from './resolve-inputs'
import { rightsOf } from './run-as'
import { authorOf } from './scheduled'
import { saveState, stateOf } from './state'

interface StatusOf {
  group: string
  version?: number | undefined
}

/** A group's data are seen up to a commit of one of its versions: people are told when. */
const seen = (position: string | undefined) => position?.split(' ').at(-1) ?? null

/** When a group's transformation runs and how far it has come. Errors: forbidden, not_found, conflict (it has none). */
export async function getTransformation(ctx: Context, of: StatusOf): Promise<TransformationStatusResource> {
  const version = await readableVersion(ctx, of)
  const { schedule, on_new_data, interval, lookback, inputs, tests } = transformationOf(version)
  const { watermark, handled, runAs, refusal } = await stateOf(version)
  const principal = runAs ?? (await authorOf(version.versionId))
  const nameOf = await namesOf([principal])
  return {
    group: version.groupName,
    version: version.major,
    environment: version.environment,
    schedule: schedule ?? null,
    on_new_data: on_new_data ?? false,
    interval: interval ?? null,
    lookback: lookback ?? null,
    next_due: schedule === undefined ? null : (nextDue(schedule, ctx.now())?.toISOString() ?? null),
    watermark,
    runs_as: nameOf(principal),
    refusal,
    inputs: inputs.map((name) => ({ name, taken_in: seen(handled[name]) })),
    tests: tests?.length ?? 0,
  }
}

/** Lets the scheduler act with the caller's rights from now on. Errors: forbidden, not_found, conflict. */
export async function takeOverTransformation(
  ctx: Context,
  of: StatusOf,
): Promise<TransformationStatusResource> {
  await mayWriteAtAll(ctx, 'both')
  const { group, version: major } = of
  const { version, decision } = await writeTarget(
    ctx,
    { group, ...(major === undefined ? {} : { version: major }) },
    'both',
  )
  const inputs = await resolveInputs(ctx, transformationOf(version).inputs)
  for (const [action, facts] of rightsOf(version, inputs)) await authorize(ctx, action, facts)
  const before = await stateOf(version, db())
  await withTransaction(async (tx) => {
    await saveState(tx, version, { runAs: ctx.actor.id, refusal: null, refusedAt: null })
    await record(tx, ctx, {
      action: 'group:write_offline',
      resource: version.resource,
      decision,
      reason: 'Took its schedule over.',
      before: { runs_as: before.runAs },
      after: { version: version.major, runs_as: ctx.actor.id },
      environment: version.environment,
    })
  })
  return getTransformation(ctx, { group, version: version.major })
}
