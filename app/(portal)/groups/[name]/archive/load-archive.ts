import type { Context } from '@/lib/core/context'
import { authorizeVersion, getFeatureGroup, getVersion, impactOf } from '@/lib/registry'
import { impactQuery } from '@/lib/registry/operations'

const isVersion = (text: unknown): text is string => typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text)

/**
 * The version that may be archived, who would be hit, and what stands in the way.
 * Errors: `forbidden` as the act itself would; `not_found`.
 */
export async function loadArchive(ctx: Context, name: string, asked: string | string[] | undefined) {
  const group = await getFeatureGroup(ctx, name)
  const number = isVersion(asked) ? Number(asked) : group.version
  const version = await getVersion(ctx, name, number)
  await authorizeVersion(ctx, 'version:deprecate', { group: name, version: number })
  const impact = await impactOf(ctx, name, impactQuery.parse({ change: 'archive', version: number }))
  return { version, impact, team: group.owner_team }
}
