import { and, arrayContains, asc, count, desc, eq, ilike, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { catalogDocuments, entities, featureGroups, teams } from '@/db/schema'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { describedFeatures } from './get-feature-group'
import { catalogVersion } from './group-documents'
import type { listFeatureGroupsQuery } from './group-operations'
import { isoInstant } from './instants'
import { offsetOf, pageOf } from './page'
import { environmentsOf, featuresOf, type GroupRow, versionsOf } from './queries'
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
    query.state ? eq(catalogDocuments.lifecycle, query.state) : undefined,
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

async function summary(ctx: Context, row: GroupRow): Promise<GroupSummaryResource[]> {
  const versions = await versionsOf(row.group.id)
  const current = catalogVersion(versions, await environmentsOf(versions.map((version) => version.id)))
  if (!current) return []
  const features = describedFeatures(ctx, row, await featuresOf(current.id))
  const { group } = row
  return [
    {
      id: group.id,
      name: group.name,
      description: group.description,
      entity: row.entity,
      owner_team: row.team,
      tags: group.tags,
      classification: group.classification,
      domain: group.domain,
      version: current.major,
      state: current.state,
      feature_count: features.length,
      sample: group.sample,
      created_at: isoInstant(group.createdAt),
      updated_at: isoInstant(group.updatedAt),
    },
  ]
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
  const data = (await Promise.all(rows.map((row) => summary(ctx, row)))).flat()
  return pageOf(data, offset, query.limit, counted?.total ?? 0)
}
