import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction } from '@/db/client'
import { entities, featureGroups, teams } from '@/db/schema'
import { decide, missing, type ResourceFacts, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { namePattern } from '@/lib/core/names'
import { isoInstant } from './instants'
import { namesOf } from './queries'
import type { EntityResource } from './resources'
import { etagOf } from './serialize'

export interface EntityRow {
  entity: typeof entities.$inferSelect
  team: string
}

export const entityFacts = ({ entity, team }: EntityRow): ResourceFacts => ({
  kind: 'entity',
  id: entity.id,
  name: entity.name,
  teamId: entity.ownerTeamId,
  team,
  classification: 'internal',
  tags: [],
})

export async function findEntity(name: string, executor: Executor = db()): Promise<EntityRow | null> {
  if (!namePattern.test(name)) return null
  const [row] = await executor
    .select({ entity: entities, team: teams.name })
    .from(entities)
    .innerJoin(teams, eq(teams.id, entities.ownerTeamId))
    .where(eq(entities.name, name))
  return row ?? null
}

/** The entity, or the 404 that a missing and a hidden one share. */
export async function describedEntity(ctx: Context, name: string): Promise<EntityRow> {
  const row = await findEntity(name)
  if (!row || !decide(ctx, 'catalog:describe', entityFacts(row)).allowed) throw missing('entity', name)
  return row
}

/** What the policies may know of an entity. Errors: not_found, equal for a missing and a hidden one. */
export const entityFactsOf = async (ctx: Context, name: string): Promise<ResourceFacts> =>
  entityFacts(await describedEntity(ctx, name))

/** Read anew under its lock. */
export async function lockEntity(tx: Transaction, name: string): Promise<EntityRow> {
  await tx.select({ id: entities.id }).from(entities).where(eq(entities.name, name)).for('update')
  const row = await findEntity(name, tx)
  if (!row) throw missing('entity', name)
  return row
}

/** Names of the groups that describe each entity and that the caller may know of. */
async function groupsByEntity(ctx: Context, entityIds: string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  if (entityIds.length === 0) return found
  const { ownerTeamId: teamId, classification, id: groupId } = featureGroups
  const rows = await db()
    .select({ name: featureGroups.name, entityId: featureGroups.entityId })
    .from(featureGroups)
    .where(and(inArray(featureGroups.entityId, entityIds), visible(ctx, { teamId, classification, groupId })))
    .orderBy(asc(featureGroups.name))
  for (const { name, entityId } of rows) {
    if (entityId) found.set(entityId, [...(found.get(entityId) ?? []), name])
  }
  return found
}

/** The entities as their readers see them, in the order given. */
export async function entityResources(ctx: Context, rows: EntityRow[]): Promise<EntityResource[]> {
  const [groups, nameOf] = await Promise.all([
    groupsByEntity(
      ctx,
      rows.map((row) => row.entity.id),
    ),
    namesOf(rows.map((row) => row.entity.createdBy)),
  ])
  return rows.map(({ entity, team }) => ({
    id: entity.id,
    name: entity.name,
    description: entity.description,
    keys: entity.keys,
    domain: entity.domain,
    owner_team: team,
    groups: groups.get(entity.id) ?? [],
    sample: entity.sample,
    created_at: isoInstant(entity.createdAt),
    created_by: nameOf(entity.createdBy),
    updated_at: isoInstant(entity.updatedAt),
    etag: etagOf(entity.revision),
  }))
}

export async function entityResource(ctx: Context, row: EntityRow): Promise<EntityResource> {
  const [resource] = await entityResources(ctx, [row])
  if (!resource) throw new Error('One row gives one resource.')
  return resource
}

/** An entity with exactly these keys that the caller may know of: its name. */
export async function findEntityByKeys(
  ctx: Context,
  keys: { name: string; type: string }[],
): Promise<string | null> {
  const wanted = [...keys].sort((a, b) => (a.name < b.name ? -1 : 1))
  const rows = await db()
    .select({ entity: entities, team: teams.name })
    .from(entities)
    .innerJoin(teams, eq(teams.id, entities.ownerTeamId))
    .where(sql`${entities.keys} @> ${JSON.stringify(wanted)}::jsonb`)
    .orderBy(asc(entities.name))
  const found = rows.find(
    (row) =>
      row.entity.keys.length === wanted.length && decide(ctx, 'catalog:describe', entityFacts(row)).allowed,
  )
  return found?.entity.name ?? null
}
