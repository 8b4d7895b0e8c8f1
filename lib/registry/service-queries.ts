import { desc, eq, inArray } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import {
  entities,
  featureGroups,
  featureServices,
  featureServiceVersions,
  features,
  featureGroupVersions as groupVersions,
  type ServiceFeature,
  teams,
} from '@/db/schema'
import { type Classification, classifications, decide, missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { namePattern } from '@/lib/core/names'
import { groupFacts } from './queries'
import { loadServiceFacts } from './service-facts'

export type ServiceVersionRow = typeof featureServiceVersions.$inferSelect

export interface ServiceRow {
  service: typeof featureServices.$inferSelect
  team: string
}

export async function findService(name: string, executor: Executor = db()): Promise<ServiceRow | null> {
  if (!namePattern.test(name)) return null
  const [row] = await executor
    .select({ service: featureServices, team: teams.name })
    .from(featureServices)
    .innerJoin(teams, eq(teams.id, featureServices.ownerTeamId))
    .where(eq(featureServices.name, name))
  return row ?? null
}

/** The service with its facts, or the 404 that a missing and a hidden one share. */
export async function describedService(
  ctx: Context,
  name: string,
  executor: Executor = db(),
): Promise<{ row: ServiceRow; facts: ResourceFacts }> {
  const row = await findService(name, executor)
  const facts = row && (await loadServiceFacts(name, executor))
  if (!row || !facts || !decide(ctx, 'catalog:describe', facts).allowed) throw missing('service', name)
  return { row, facts }
}

/** Read anew under its lock. */
export async function lockService(tx: Transaction, name: string): Promise<ServiceRow> {
  await tx
    .select({ id: featureServices.id })
    .from(featureServices)
    .where(eq(featureServices.name, name))
    .for('update')
  const row = await findService(name, tx)
  if (!row) throw missing('service', name)
  return row
}

/** Newest first. */
export const serviceVersionsOf = (
  serviceIds: string[],
  executor: Executor = db(),
): Promise<ServiceVersionRow[]> =>
  serviceIds.length === 0
    ? Promise.resolve([])
    : executor
        .select()
        .from(featureServiceVersions)
        .where(inArray(featureServiceVersions.serviceId, serviceIds))
        .orderBy(desc(featureServiceVersions.version))

/** What is known of the selected features: the facts to decide by, each as strict as the feature. */
export interface Selected {
  facts: (one: ServiceFeature) => ResourceFacts | null
  entity: (one: ServiceFeature) => string | null
}

const featureKey = (groupId: string, major: number, feature: string) => `${groupId}@${major}:${feature}`

export async function loadSelected(
  selection: ServiceFeature[],
  executor: Executor = db(),
): Promise<Selected> {
  const groupIds = [...new Set(selection.map((one) => one.groupId))]
  if (groupIds.length === 0) return { facts: () => null, entity: () => null }
  const groups = await executor
    .select({ group: featureGroups, team: teams.name, entity: entities.name })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .leftJoin(entities, eq(entities.id, featureGroups.entityId))
    .where(inArray(featureGroups.id, groupIds))
  const own = await executor
    .select({
      groupId: groupVersions.groupId,
      major: groupVersions.major,
      name: features.name,
      classification: features.classification,
    })
    .from(features)
    .innerJoin(groupVersions, eq(groupVersions.id, features.versionId))
    .where(inArray(groupVersions.groupId, groupIds))
  const byId = new Map(groups.map((row) => [row.group.id, row]))
  const classes = new Map(
    own.map((row) => [featureKey(row.groupId, row.major, row.name), row.classification]),
  )
  return {
    facts: (one) => {
      const row = byId.get(one.groupId)
      if (!row) return null
      const facts = groupFacts(row)
      const stricter = classes.get(featureKey(one.groupId, one.version, one.feature))
      return stricter ? { ...facts, classification: stricter } : facts
    },
    entity: (one) => byId.get(one.groupId)?.entity ?? null,
  }
}

/** The strictest class among features; `public` when there are none. */
export function strictest(all: (Classification | undefined)[]): Classification {
  const greatest = Math.max(0, ...all.map((one) => (one ? classifications.indexOf(one) : 0)))
  return classifications[greatest] ?? 'restricted'
}
