import type { Context } from '@/lib/core/context'
import { assertReadable, deprecationHeaders, type FeaturesInput, resolveFeatures } from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { type AnswerColumn, type AnswerOptions, answerColumns } from './assemble'
import { fetchRows } from './fetch-rows'
import { authorizeRead, keptDecisions, recordRead } from './may-read'
import { keepFresh, keptPlan, newPlan } from './plan-cache'
import { type Entities, ofKeyColumns, type ReadKeys, readKeys } from './read-request'
import { sampleServed } from './served-sample'
import type { ServingPlan } from './serving-plan'

export interface ColumnsRequest {
  asked: FeaturesInput
  fullFeatureNames: boolean
  entities: Entities
  /** Columns of `entities` that are no keys: an error, or passed over. */
  otherColumns: 'refuse' | 'ignore'
  options: AnswerOptions
}

/** A read before it is written down in one of the interfaces' shapes. */
export interface ReadColumns {
  plan: ServingPlan
  /** Per key column of the plan: each row's value as JSON. */
  echoes: string[][]
  /** Per column of the plan. */
  columns: AnswerColumn[]
  /** Deprecation of what was read, if any. */
  headers: Record<string, string>
  servedAt: Date
}

interface Checked {
  now: Date
  keys: ReadKeys
}

function check(
  ctx: Context,
  { otherColumns, entities }: ColumnsRequest,
  plan: ServingPlan,
  now: Date,
): Checked {
  for (const version of plan.versions) assertReadable(ctx, version, now)
  return { now, keys: readKeys(plan, otherColumns === 'ignore' ? ofKeyColumns(plan, entities) : entities) }
}

function fetchChecked<T>(
  ctx: Context,
  { options }: ColumnsRequest,
  plan: ServingPlan,
  { now, keys }: Checked,
  write: (read: ReadColumns) => T,
): Promise<T> {
  return fetchRows(plan, keys, options.metadata, now).then((found) => {
    const columns = answerColumns(plan, found, options)
    countReads(ctx.actor, 'online', plan.targets, keys.rows, now.getTime())
    sampleServed(plan, columns, now.getTime())
    const headers = plan.deprecated ? deprecationHeaders(ctx, plan.versions) : {}
    return write({ plan, echoes: keys.echoes, columns, headers, servedAt: now })
  })
}

async function readAnew<T>(
  ctx: Context,
  request: ColumnsRequest,
  write: (read: ReadColumns) => T,
): Promise<T> {
  const { asked, fullFeatureNames } = request
  const plan = keptPlan(ctx, asked, fullFeatureNames) ?? (await newPlan(ctx, asked, fullFeatureNames))
  const decisions =
    keptDecisions(ctx, plan, ctx.now().getTime()) ??
    (await authorizeRead(ctx, plan, () => resolveFeatures(ctx, asked)))
  const checked = check(ctx, request, plan, ctx.now())
  if (plan.audited) await recordRead(ctx, plan, decisions, checked.keys.rows)
  return fetchChecked(ctx, request, plan, checked, write)
}

/**
 * Values of features for keys, in request order: decided, audited where that is due, counted; `write` puts them in an
 * interface's shape. The caller has asked mayReadAtAll. On the hot path it waits for the rows alone, since each promise
 * costs as much as cutting a row; so it throws at once what it knows at once. Errors: forbidden, not_found naming what
 * is unknown, gone past a sunset, invalid naming key column and row, too_large past 5,000 keys or 500,000 values.
 */
export function readColumns<T>(
  ctx: Context,
  request: ColumnsRequest,
  write: (read: ReadColumns) => T,
): Promise<T> {
  const now = ctx.now()
  const plan = keptPlan(ctx, request.asked, request.fullFeatureNames)
  if (!plan || plan.audited || !keptDecisions(ctx, plan, now.getTime())) return readAnew(ctx, request, write)
  keepFresh(ctx, plan, request.asked, request.fullFeatureNames)
  return fetchChecked(ctx, request, plan, check(ctx, request, plan, now), write)
}
