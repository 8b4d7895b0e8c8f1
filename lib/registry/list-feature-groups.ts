import { and, arrayContains, asc, count, desc, eq, ilike, inArray, ne, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments, entities, featureGroups, teams } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { catalogVersion } from './group-documents'
import type { listFeatureGroupsQuery } from './group-operations'
import { isoInstant } from './instants'
import { offsetOf, pageOf } from './page'
import { environmentsOf, type GroupRow, versionsOfAll } from './queries'
import type { GroupSummaryResource, Page } from './resources'

type Query = z.output<typeof listFeatureGroupsQuery>

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function conditions(ctx: Context, query: Query): SQL | undefined {
  return and(
    visible(ctx, {
      teamId: featureGroups.ownerTeamId,
      classification: featureGroups.classification,
      groupId: featureGroups.id,
    }),
    query.q
      ? or(
          ilike(featureGroups.name, containing(query.q)),
          ilike(featureGroups.description, containing(query.q)),
        )
      : undefined,
    query.entity ? eq(entities.name, query.entity) : undefined,
    query.team ? eq(teams.name, query.team) : undefined,
    query.tag ? arrayContains(featureGroups.tags, [query.tag]) : undefined,
    query.classification ? eq(featureGroups.classification, query.classification) : undefined,
    // What is archived is shown to those who ask for it.
    query.state ? eq(catalogDocuments.lifecycle, query.state) : ne(catalogDocuments.lifecycle, 'archived'),
  )
}

const orders = {
  name: [asc(featureGroups.name)],
  '-name': [desc(featureGroups.name)],
  updated_at: [asc(featureGroups.updatedAt), asc(featureGroups.name)],
  '-updated_at': [desc(featureGroups.updatedAt), asc(featureGroups.name)],
}

const isGroupsDocument = and(
  eq(catalogDocuments.kind, 'group'),
  eq(catalogDocuments.name, featureGroups.name),
)

/** How many features of each group the caller may know of. */
async function featureCounts(ctx: Context, groupIds: string[]): Promise<Map<string, number>> {
  if (groupIds.length === 0) return new Map()
  const { teamId, classification, groupId } = catalogDocuments
  const rows = await db()
    .select({ groupId, count: count() })
    .from(catalogDocuments)
    .where(
      and(
        eq(catalogDocuments.kind, 'feature'),
        inArray(groupId, groupIds),
        visible(ctx, { teamId, classification, groupId }),
      ),
    )
    .groupBy(groupId)
  return new Map(rows.map((row) => [row.groupId ?? '', row.count]))
}

async function summaries(ctx: Context, rows: GroupRow[]): Promise<GroupSummaryResource[]> {
  const groupIds = rows.map((row) => row.group.id)
  const versions = await versionsOfAll(groupIds)
  const [served, counts] = await Promise.all([
    environmentsOf(versions.map((version) => version.id)),
    featureCounts(ctx, groupIds),
  ])
  return rows.flatMap(({ group, entity, team }) => {
    const own = versions.filter((version) => version.groupId === group.id)
    const current = catalogVersion(own, served)
    if (!current) return []
    const { id, name, description, tags, classification, domain, sample } = group
    return [
      {
        id,
        name,
        description,
        entity,
        owner_team: team,
        tags,
        classification,
        domain,
        version: current.major,
        state: current.state,
        feature_count: counts.get(id) ?? 0,
        sample,
        created_at: isoInstant(group.createdAt),
        updated_at: isoInstant(group.updatedAt),
      },
    ]
  })
}

/** The groups that the caller may know of, filtered, sorted and paged; `total` counts them all. */
export async function listFeatureGroups(ctx: Context, query: Query): Promise<Page<GroupSummaryResource>> {
  const offset = offsetOf(query.cursor)
  const where = conditions(ctx, query)
  const rows = await db()
    .select({ group: featureGroups, team: teams.name, entity: entities.name })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .leftJoin(entities, eq(entities.id, featureGroups.entityId))
    .leftJoin(catalogDocuments, isGroupsDocument)
    .where(where)
    .orderBy(...orders[query.sort])
    .limit(query.limit)
    .offset(offset)
  const [counted] = await db()
    .select({ total: count() })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .leftJoin(entities, eq(entities.id, featureGroups.entityId))
    .leftJoin(catalogDocuments, isGroupsDocument)
    .where(where)
  return pageOf(await summaries(ctx, rows), offset, query.limit, counted?.total ?? 0)
}
