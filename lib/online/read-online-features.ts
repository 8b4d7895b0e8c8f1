import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { assertReadable, deprecationHeaders, type FeaturesInput, resolveFeatures } from '@/lib/registry'
import { countReads } from '@/lib/usage'
import { type AnswerOptions, answerColumns, answerText } from './assemble'
import { fetchRows } from './fetch-rows'
import { authorizeRead, mayReadAtAll, recordRead } from './may-read'
import { cachedPlan } from './plan-cache'
import { type OnlineFeaturesInput, onlineFeaturesInput, readKeys } from './read-request'

export interface OnlineAnswer {
  /** JSON text. */
  body: string
  /** Deprecation of what was read, if any. */
  headers: Record<string, string>
}

/** What the body says about who reads where, over what the request said. */
const contextOfInput = (ctx: Context, { environment, purpose }: OnlineFeaturesInput): Context =>
  environment === undefined && purpose === undefined
    ? ctx
    : { ...ctx, environment: environment ?? ctx.environment, purpose: purpose ?? ctx.purpose }

function askedBy(input: OnlineFeaturesInput): FeaturesInput {
  const { features, feature_service: featureService, service_version: serviceVersion } = input
  return { features, featureService, serviceVersion }
}

/**
 * Values of features for keys, as the body of the answer: in request order, duplicates answered twice, unknown keys
 * with null and NOT_FOUND. `now` decides ages. Errors: forbidden, not_found naming what is unknown, gone past a
 * sunset, invalid naming key column and row, too_large past 5,000 keys or 500,000 values.
 */
export async function readOnlineFeatures(
  asker: Context,
  body: unknown,
  { int64AsString = false }: { int64AsString?: boolean } = {},
): Promise<OnlineAnswer> {
  await mayReadAtAll(asker)
  const input = parseInput(onlineFeaturesInput, body)
  const ctx = contextOfInput(asker, input)
  const asked = askedBy(input)
  const plan = await cachedPlan(ctx, asked, input.full_feature_names)
  const decisions = await authorizeRead(ctx, plan, () => resolveFeatures(ctx, asked))
  const now = ctx.now()
  for (const version of plan.versions) assertReadable(ctx, version, now)
  const keys = readKeys(plan, input.entities)
  if (plan.audited) await recordRead(ctx, plan, decisions, keys.rows)
  const options: AnswerOptions = {
    metadata: input.metadata,
    staleReturned: input.stale === 'return',
    int64AsString,
  }
  const found = await fetchRows(plan, keys, input.metadata, now)
  const columns = answerColumns(plan, found, options)
  countReads(ctx.actor, 'online', plan.targets, keys.rows, now.getTime())
  return {
    body: answerText(plan, keys.echoes, columns, options, now.toISOString()),
    headers: deprecationHeaders(ctx, plan.versions),
  }
}
