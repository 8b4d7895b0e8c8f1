import { listActivity } from '@/lib/audit'
import type { ActivityRow } from '@/lib/audit/operations'
import type { Context } from '@/lib/core/context'
import { knownAsset } from '@/lib/notify'
import { getFeatureGroup, offsetOf, pageOf } from '@/lib/registry'
import type { ActivityQuery } from './usage-operations'

interface ActivityPage {
  data: ActivityRow[]
  meta: { next_cursor: string | null; total: number }
}

/** What was changed about a group, newest first. Errors: `not_found`, the same for a missing and for a hidden group. */
export async function getActivity(ctx: Context, name: string, query: ActivityQuery): Promise<ActivityPage> {
  const { versions, features: known } = await getFeatureGroup(ctx, name)
  const names = [name, ...versions.map(({ version }) => `${name}@${version}`)]
  const features = known.map((feature) => `${name}:${feature.name}`)
  const offset = offsetOf(query.cursor)
  const { rows, total } = await listActivity(
    { kind: 'group', names, features },
    { limit: query.limit, offset },
  )
  return pageOf(rows, offset, query.limit, total)
}

/**
 * The same of a service, a source or a training dataset; `versions` are the numbers that acts on one of them name.
 * Errors: `not_found`, the same for a missing and for a hidden asset.
 */
export async function getAssetActivity(
  ctx: Context,
  asset: { kind: 'service' | 'source' | 'dataset'; name: string; versions?: readonly number[] },
  query: ActivityQuery,
): Promise<ActivityPage> {
  const { kind, name, versions = [] } = asset
  await knownAsset(ctx, { kind, name })
  const offset = offsetOf(query.cursor)
  const names = [name, ...versions.map((version) => `${name}@${version}`)]
  const { rows, total } = await listActivity({ kind, names }, { limit: query.limit, offset })
  return pageOf(rows, offset, query.limit, total)
}
