import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import type { FeaturesInput } from '@/lib/registry'
import { type AnswerOptions, answerText } from './assemble'
import { mayReadAtAll } from './may-read'
import { type ColumnsRequest, readColumns } from './read-columns'
import { type OnlineFeaturesInput, onlineFeaturesInput } from './read-request'

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

/** `readOnlineFeatures` for a caller who has asked mayReadAtAll; throws at once what it knows at once. */
export function answerOnlineFeatures(
  asker: Context,
  body: unknown,
  int64AsString: boolean,
): Promise<OnlineAnswer> {
  const input = parseInput(onlineFeaturesInput, body)
  const options: AnswerOptions = {
    metadata: input.metadata,
    staleReturned: input.stale === 'return',
    int64AsString,
  }
  const request: ColumnsRequest = {
    asked: askedBy(input),
    fullFeatureNames: input.full_feature_names,
    entities: input.entities,
    otherColumns: 'refuse',
    options,
  }
  return readColumns(
    contextOfInput(asker, input),
    request,
    ({ plan, echoes, columns, headers, servedAt }) => ({
      body: answerText(plan, echoes, columns, options, servedAt.toISOString()),
      headers,
    }),
  )
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
  return answerOnlineFeatures(asker, body, int64AsString)
}
