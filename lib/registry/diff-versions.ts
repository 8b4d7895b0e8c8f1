import type { Context } from '@/lib/core/context'
import { storedDefinition, type VersionDefinition, type VersionRow } from './definition'
import { diffDefinitions, isCompatible } from './diff'
import { describedFeatures, requireVersion } from './get-feature-group'
import { impactOfVersion } from './impact'
import { describedGroup, featuresOf, type GroupRow } from './queries'
import type { DiffResource } from './resources'

const definition = async (ctx: Context, row: GroupRow, version: VersionRow): Promise<VersionDefinition> =>
  storedDefinition(version, describedFeatures(ctx, row, await featuresOf(version.id)))

/** What differs from version `from` to version `to` of a group, and who reads `from`. */
export async function diffVersions(
  ctx: Context,
  name: string,
  from: number,
  to: number,
): Promise<DiffResource> {
  const row = await describedGroup(ctx, name)
  const [old, next] = [await requireVersion(row, from), await requireVersion(row, to)]
  const changes = diffDefinitions(await definition(ctx, row, old), await definition(ctx, row, next))
  return {
    group: name,
    from,
    to,
    compatible: isCompatible(changes),
    changes,
    impact: await impactOfVersion(ctx, { row, version: old, feature: undefined }),
  }
}
