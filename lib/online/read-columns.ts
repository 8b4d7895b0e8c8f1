import type { Context } from '@/lib/core/context'
import { assertReadable, deprecationHeaders, type FeaturesInput, resolveFeatures } from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { type AnswerColumn, type AnswerOptions, answerColumns } from './assemble'
import { fetchRows } from './fetch-rows'
import { authorizeRead, keptDecisions, recordRead } from './may-read'
import { keptPlan, newPlan } from './plan-cache'
import { type Entities, ofKeyColumns, readKeys } from './read-request'
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

/**
 * On the hot path, so it waits for nothing that it knows: each turn of the event loop costs as much as cutting a row.
 * Values of features for keys, in request order: decided, audited where that is due, counted. The caller has asked
 * mayReadAtAll. Errors: forbidden, not_found naming what is unknown, gone past a sunset, invalid naming key column and
 * row, too_large past 5,000 keys or 500,000 values.
 */
export async function readColumns(ctx: Context, request: ColumnsRequest): Promise<ReadColumns> {
  const { asked, options } = request
  const known = keptPlan(ctx, asked, request.fullFeatureNames)
  const plan = known ?? (await newPlan(ctx, asked, request.fullFeatureNames))
  const decisions =
    keptDecisions(ctx, plan) ?? (await authorizeRead(ctx, plan, () => resolveFeatures(ctx, asked)))
  const now = ctx.now()
  for (const version of plan.versions) assertReadable(ctx, version, now)
  const entities = request.otherColumns === 'ignore' ? ofKeyColumns(plan, request.entities) : request.entities
  const keys = readKeys(plan, entities)
  if (plan.audited) await recordRead(ctx, plan, decisions, keys.rows)
  const found = await fetchRows(plan, keys, options.metadata, now)
  const columns = answerColumns(plan, found, options)
  countReads(ctx.actor, 'online', plan.targets, keys.rows, now.getTime())
  return {
    plan,
    echoes: keys.echoes,
    columns,
    headers: plan.deprecated ? deprecationHeaders(ctx, plan.versions) : {},
    servedAt: now,
  }
}
