import type { z } from 'zod'
import type { Context } from '@/lib/core/context'
import type { FeatureHitResource, featuresQuery } from './operations'
import { search } from './search'

interface FeatureList {
  data: FeatureHitResource[]
  meta: { next_cursor: string | null; total: number }
}

/** The features that the caller may know of, over all groups, filtered as a search is. */
export async function listFeatures(
  ctx: Context,
  query: z.output<typeof featuresQuery>,
): Promise<FeatureList> {
  const { data, meta } = await search(ctx, { ...query, kind: ['feature'], facets: 'false' })
  return {
    data: data.map(({ match: _match, why: _why, highlight: _highlight, ...feature }) => feature),
    meta: { next_cursor: meta.next_cursor, total: meta.total },
  }
}
