import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import {
  entities,
  environments,
  featureGroups,
  features,
  featureGroupVersions as groupVersions,
  people,
  serviceAccounts,
  teams,
  versionEnvironments,
} from '@/db/schema'
import { decide, missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { namePattern } from '@/lib/core/names'
import type { FeatureRow, VersionRow } from './definition'

export interface GroupRow {
  group: typeof featureGroups.$inferSelect
  team: string
  entity: string | null
}
export type VersionEnvironmentRow = typeof versionEnvironments.$inferSelect

export const groupFacts = ({ group, team }: GroupRow): ResourceFacts => ({
  kind: 'group',
  id: group.id,
  name: group.name,
  teamId: group.ownerTeamId,
  team,
  classification: group.classification,
  tags: group.tags,
})

/** Whoever asks; use cases take describedGroup. */
export async function findGroup(name: string, executor: Executor = db()): Promise<GroupRow | null> {
  if (!namePattern.test(name)) return null
  const [row] = await executor
    .select({ group: featureGroups, team: teams.name, entity: entities.name })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .leftJoin(entities, eq(entities.id, featureGroups.entityId))
    .where(eq(featureGroups.name, name))
  return row ?? null
}

/** The group, or the 404 that a missing and a hidden one share. */
export async function describedGroup(
  ctx: Context,
  name: string,
  executor: Executor = db(),
): Promise<GroupRow> {
  const row = await findGroup(name, executor)
  if (!row || !decide(ctx, 'catalog:describe', groupFacts(row)).allowed) throw missing('group', name)
  return row
}

/** Two changes of one group wait for each other; the row is read anew under the lock. */
export async function lockGroup(tx: Transaction, name: string): Promise<GroupRow> {
  await tx
    .select({ id: featureGroups.id })
    .from(featureGroups)
    .where(eq(featureGroups.name, name))
    .for('update')
  const row = await findGroup(name, tx)
  if (!row) throw missing('group', name)
  return row
}

/**
 * Holds several groups before any of them is changed, always in the order of their names: two acts on the same ones
 * then wait for each other, whatever order they name them in, and never both.
 */
export async function lockGroups(executor: Executor, names: readonly string[]): Promise<void> {
  if (names.length === 0) return
  await executor
    .select({ id: featureGroups.id })
    .from(featureGroups)
    .where(inArray(featureGroups.name, [...new Set(names)]))
    .orderBy(sql`${featureGroups.name} collate "C"`)
    .for('update')
}

/** Newest first. */
export const versionsOf = (groupId: string, executor: Executor = db()): Promise<VersionRow[]> =>
  executor
    .select()
    .from(groupVersions)
    .where(eq(groupVersions.groupId, groupId))
    .orderBy(desc(groupVersions.major))

/** Of several groups, newest first. */
export const versionsOfAll = (groupIds: string[]): Promise<VersionRow[]> =>
  groupIds.length === 0
    ? Promise.resolve([])
    : db()
        .select()
        .from(groupVersions)
        .where(inArray(groupVersions.groupId, groupIds))
        .orderBy(desc(groupVersions.major))

export const featuresOf = (versionId: string, executor: Executor = db()): Promise<FeatureRow[]> =>
  executor.select().from(features).where(eq(features.versionId, versionId)).orderBy(asc(features.position))

/** In the order of the environments. */
export async function environmentsOf(
  versionIds: string[],
  executor: Executor = db(),
): Promise<VersionEnvironmentRow[]> {
  if (versionIds.length === 0) return []
  const rows = await executor
    .select({ served: versionEnvironments })
    .from(versionEnvironments)
    .innerJoin(environments, eq(environments.name, versionEnvironments.environment))
    .where(inArray(versionEnvironments.versionId, versionIds))
    .orderBy(asc(environments.position), asc(environments.name))
  return rows.map((row) => row.served)
}

export async function findVersion(
  groupId: string,
  major: number,
  executor: Executor = db(),
): Promise<VersionRow | null> {
  const [row] = await executor
    .select()
    .from(groupVersions)
    .where(and(eq(groupVersions.groupId, groupId), eq(groupVersions.major, major)))
  return row ?? null
}

/** Names of the people and service accounts behind the ids; the installation's own acts are Almanac's. */
export async function namesOf(ids: string[], executor: Executor = db()): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return (id) => id
  const [persons, accounts] = await Promise.all([
    executor.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, wanted)),
    executor
      .select({ id: serviceAccounts.id, name: serviceAccounts.name })
      .from(serviceAccounts)
      .where(inArray(serviceAccounts.id, wanted)),
  ])
  const names = new Map([...persons, ...accounts].map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? (id === 'system' ? 'Almanac' : id)
}
