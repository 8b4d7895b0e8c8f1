import { spanOf, spanStart } from '@/components/usage/spans'
import { getServing } from '@/lib/catalog'
import { servingQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'

export type ServingParams = Record<string, string | string[] | undefined>

/** What the address asks for. Errors: `invalid`, `forbidden`. */
export async function loadServing(ctx: Context, { by, service, span: asked }: ServingParams) {
  const span = spanOf(typeof asked === 'string' ? asked : undefined, '24h')
  const from = spanStart(span, ctx.now())
  const query = parseInput(servingQuery, { by, service, bucket: span.bucket, from })
  return { query, span, serving: await getServing(ctx, query), environment: ctx.environment }
}
