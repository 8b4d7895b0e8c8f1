import type { Context } from '@/lib/core/context'
import { authorizeVersion, getDeprecation, getFeatureGroup, getVersion, impactOf } from '@/lib/registry'
import { impactQuery } from '@/lib/registry/operations'

const isVersion = (text: unknown): text is string => typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text)

/**
 * The version that may go, who would be hit, and the other versions of its group.
 * Errors: `forbidden` as the act itself would; `not_found`.
 */
export async function loadDeprecation(ctx: Context, name: string, asked: string | string[] | undefined) {
  const group = await getFeatureGroup(ctx, name)
  const number = isVersion(asked) ? Number(asked) : group.version
  const version = await getVersion(ctx, name, number)
  // Who approves versions looks after a deprecation, too; deprecating one is for who may do that.
  if (version.state !== 'deprecated')
    await authorizeVersion(ctx, 'version:deprecate', { group: name, version: number })
  const impact = await impactOf(ctx, name, impactQuery.parse({ version: number }))
  const standing = version.state === 'deprecated' ? await getDeprecation(ctx, name, number) : null
  return { version, impact, versions: group.versions, shown: group.version, standing }
}
