import type { Context } from '@/lib/core/context'
import { storedDefinition, type VersionDefinition, type VersionRow } from './definition'
import { type Change, diffDefinitions, isCompatible } from './diff'
import { describedFeatures, requireVersion } from './get-feature-group'
import { describedNames, impactOfVersion } from './impact'
import { describedGroup, featuresOf, type GroupRow } from './queries'
import { redactFeatures, redactVersions } from './redact'
import type { DiffResource } from './resources'

interface Side {
  all: VersionDefinition
  /** As the reader may see it. */
  seen: VersionDefinition
}

async function sideOf(ctx: Context, row: GroupRow, version: VersionRow): Promise<Side> {
  const all = await featuresOf(version.id)
  const described = describedFeatures(ctx, row, all)
  const [shown = version] = await redactVersions(ctx, [version], { described, all })
  return {
    all: storedDefinition(version, all),
    seen: storedDefinition(shown, redactFeatures(described, all)),
  }
}

/** Paths of what one side hides: no change below them is told. */
function hiddenPaths({ all, seen }: Side): string[] {
  const features = all.features.flatMap(({ name, expression }) => {
    const found = seen.features.find((feature) => feature.name === name)
    if (!found) return [`features.${name}`]
    return found.expression === expression ? [] : [`features.${name}.expression`]
  })
  return [...features, ...(all.transformation && !seen.transformation ? ['transformation'] : [])]
}

/**
 * What differs from version `from` to version `to` of a group, and who reads `from`. Whether they are compatible is
 * said of all changes; those that the reader may not know of are not named.
 */
export async function diffVersions(
  ctx: Context,
  name: string,
  from: number,
  to: number,
): Promise<DiffResource> {
  const row = await describedGroup(ctx, name)
  const [old, next] = [await requireVersion(row, from), await requireVersion(row, to)]
  const sides = { old: await sideOf(ctx, row, old), next: await sideOf(ctx, row, next) }
  const changes = diffDefinitions(sides.old.all, sides.next.all)
  const hidden = [...hiddenPaths(sides.old), ...hiddenPaths(sides.next)]
  const isTold = ({ field }: Change) => !hidden.some((path) => field === path || field.startsWith(`${path}.`))
  return {
    group: name,
    from,
    to,
    compatible: isCompatible(changes),
    changes: changes.filter(isTold),
    impact: await impactOfVersion(
      ctx,
      { row, version: old, features: await describedNames(ctx, row, old) },
      { change: 'new_version' },
    ),
  }
}
