import { asc, count, desc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { entities, teams } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { describedEntity, entityResource, entityResources } from './entity-queries'
import type { ListQuery } from './fields'
import { offsetOf, pageOf } from './page'
import type { EntityResource, Page } from './resources'

/** Errors: `not_found`, the same for a missing and for a hidden entity. */
export async function getEntity(ctx: Context, name: string): Promise<EntityResource> {
  return entityResource(ctx, await describedEntity(ctx, name))
}

const orders = {
  name: [asc(entities.name)],
  '-name': [desc(entities.name)],
  updated_at: [asc(entities.updatedAt), asc(entities.name)],
  '-updated_at': [desc(entities.updatedAt), asc(entities.name)],
}

export async function listEntities(ctx: Context, query: ListQuery): Promise<Page<EntityResource>> {
  const offset = offsetOf(query.cursor)
  const where = visible(ctx, { teamId: entities.ownerTeamId, classification: sql`'internal'` })
  const [rows, counted] = await Promise.all([
    db()
      .select({ entity: entities, team: teams.name })
      .from(entities)
      .innerJoin(teams, eq(teams.id, entities.ownerTeamId))
      .where(where)
      .orderBy(...orders[query.sort])
      .limit(query.limit)
      .offset(offset),
    db().select({ total: count() }).from(entities).where(where),
  ])
  return pageOf(await entityResources(ctx, rows), offset, query.limit, counted[0]?.total ?? 0)
}
