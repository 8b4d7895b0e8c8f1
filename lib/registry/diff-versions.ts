import type { Context } from '@/lib/core/context'
import { isCompatible } from './diff'
import { describedNames, impactOfVersion } from './impact'
import { describedGroup } from './queries'
import type { DiffResource } from './resources'
import { changesBetween, groupOf, sideAt, toldBy } from './revision-sides'

/** What differs alone, without who reads it: for many versions at once. Errors: `not_found`. */
export async function changesOfVersion(
  ctx: Context,
  name: string,
  from: number,
  to: number,
): Promise<Pick<DiffResource, 'compatible' | 'changes'>> {
  const group = groupOf(await describedGroup(ctx, name))
  const old = await sideAt(ctx, group, String(from))
  const next = await sideAt(ctx, group, String(to))
  const changes = changesBetween(old, next)
  const isTold = toldBy(old, next)
  return { compatible: isCompatible(changes), changes: changes.filter(({ field }) => isTold(field)) }
}

/**
 * What differs from one version or revision (`1`, `1.2`) of a group to another, and who reads the first. Whether they
 * are compatible is said of all changes; those that the reader may not know of are not named. Errors: `not_found`.
 */
export async function diffVersions(
  ctx: Context,
  name: string,
  from: number | string,
  to: number | string,
): Promise<DiffResource> {
  const row = await describedGroup(ctx, name)
  const group = groupOf(row)
  const old = await sideAt(ctx, group, String(from))
  const next = await sideAt(ctx, group, String(to))
  const changes = changesBetween(old, next)
  const isTold = toldBy(old, next)
  return {
    group: name,
    from: old.version.major,
    from_revision: old.revision,
    to: next.version.major,
    to_revision: next.revision,
    compatible: isCompatible(changes),
    changes: changes.filter(({ field }) => isTold(field)),
    impact: await impactOfVersion(
      ctx,
      { row, version: old.version, features: await describedNames(ctx, row, old.version) },
      { change: 'new_version' },
    ),
  }
}
