import { asc, count, desc, eq, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { sources, teams } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { ListQuery } from './fields'
import { offsetOf, pageOf } from './page'
import type { Page, SourceResource } from './resources'
import { describedSource, sourceResource } from './source-queries'

/** Errors: `not_found`, the same for a missing and for a hidden source. */
export async function getSource(ctx: Context, name: string): Promise<SourceResource> {
  return sourceResource(ctx, await describedSource(ctx, name))
}

const orders = {
  name: [asc(sources.name)],
  '-name': [desc(sources.name)],
  updated_at: [asc(sources.updatedAt), asc(sources.name)],
  '-updated_at': [desc(sources.updatedAt), asc(sources.name)],
}

export async function listSources(ctx: Context, query: ListQuery): Promise<Page<SourceResource>> {
  const offset = offsetOf(query.cursor)
  const where = visible(ctx, { teamId: sources.ownerTeamId, classification: sql`'internal'` })
  const [rows, counted] = await Promise.all([
    db()
      .select({ source: sources, team: teams.name })
      .from(sources)
      .innerJoin(teams, eq(teams.id, sources.ownerTeamId))
      .where(where)
      .orderBy(...orders[query.sort])
      .limit(query.limit)
      .offset(offset),
    db().select({ total: count() }).from(sources).where(where),
  ])
  const data = await Promise.all(rows.map((row) => sourceResource(ctx, row)))
  return pageOf(data, offset, query.limit, counted[0]?.total ?? 0)
}
