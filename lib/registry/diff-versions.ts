import { asc, inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { entities, features, versionRevisions } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { type FeatureRow, storedDefinition, type VersionRow } from './definition'
import { type Change, isCompatible } from './diff'
import { describedNames, impactOfVersion } from './impact'
import { describedGroup, type GroupRow } from './queries'
import type { DiffResource } from './resources'
import { changesBetween, type Group, groupOf, liveSide, type Side, sideAt, toldBy } from './revision-sides'

/** Two versions of a group. */
export interface VersionPair {
  row: Omit<GroupRow, 'entity'>
  from: VersionRow
  to: VersionRow
}

async function groupsOf(pairs: readonly VersionPair[]): Promise<(row: VersionPair['row']) => Group> {
  const versions = pairs.flatMap(({ from, to }) => [from, to])
  const ids = [...new Set(versions.map(({ id }) => id))]
  const [columns, records, named] = await Promise.all([
    db().select().from(features).where(inArray(features.versionId, ids)).orderBy(asc(features.position)),
    db().select().from(versionRevisions).where(inArray(versionRevisions.versionId, ids)),
    db()
      .select({ id: entities.id, name: entities.name })
      .from(entities)
      .where(inArray(entities.id, [...new Set(pairs.flatMap(({ row }) => row.group.entityId ?? []))])),
  ])
  const featuresOf = new Map<string, FeatureRow[]>(ids.map((id) => [id, []]))
  for (const column of columns) featuresOf.get(column.versionId)?.push(column)
  const recordAt = new Map(records.map((one) => [`${one.versionId}.${one.revision}`, one]))
  const entityOf = new Map(named.map(({ id, name }) => [id, name]))
  return (row) => ({
    row: { ...row, entity: row.group.entityId === null ? null : (entityOf.get(row.group.entityId) ?? null) },
    live: async (version) => storedDefinition(version, featuresOf.get(version.id) ?? []),
    record: async (versionId, revision) => recordAt.get(`${versionId}.${revision}`) ?? null,
  })
}

/**
 * What differs between the versions of each pair, as far as the reader may know of it, in the order of the pairs; read
 * in three statements, however many they are. The caller has seen to it that the reader may know of the groups.
 */
export async function changesOfVersions(
  ctx: Context,
  pairs: readonly VersionPair[],
): Promise<Pick<DiffResource, 'compatible' | 'changes'>[]> {
  if (pairs.length === 0) return []
  const groupFor = await groupsOf(pairs)
  return Promise.all(
    pairs.map(async ({ row, from, to }) => {
      const group = groupFor(row)
      const [old, next] = [await liveSide(ctx, group, from), await liveSide(ctx, group, to)]
      return told(changesBetween(old, next), old, next)
    }),
  )
}

/** Compatible or not by all changes; those that the reader may not know of are not named. */
function told(changes: Change[], ...sides: Side[]): Pick<DiffResource, 'compatible' | 'changes'> {
  const isTold = toldBy(...sides)
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
  return {
    group: name,
    from: old.version.major,
    from_revision: old.revision,
    to: next.version.major,
    to_revision: next.revision,
    ...told(changesBetween(old, next), old, next),
    impact: await impactOfVersion(
      ctx,
      { row, version: old.version, features: await describedNames(ctx, row, old.version) },
      { change: 'new_version' },
    ),
  }
}
