import { spanOf, spanStart } from '@/components/usage/spans'
import { listUsage } from '@/lib/catalog'
import { usageListQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'

export type UsageParams = Record<string, string | string[] | undefined>

/** What the address asks for. Errors: `invalid`, `forbidden`. */
export async function loadUsage(ctx: Context, params: UsageParams) {
  const { by, q, sort, cursor, limit, group, feature, service, consumer } = params
  const span = spanOf(typeof params.span === 'string' ? params.span : undefined, '30d')
  const from = spanStart(span, ctx.now())
  const within = { group, feature, service, consumer }
  const asked = { ...within, by, q, sort, cursor, limit, bucket: span.bucket, from }
  const query = parseInput(usageListQuery, asked)
  return { query, span, list: await listUsage(ctx, query), environment: ctx.environment }
}
