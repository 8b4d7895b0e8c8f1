import { and, arrayContains, asc, count, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import {
  catalogDocuments,
  featureServices,
  featureServiceVersions,
  type ServiceFeature,
  teams,
} from '@/db/schema'
import { decide, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { isoInstant } from './instants'
import { offsetOf, pageOf } from './page'
import { namesOf } from './queries'
import type { Page, ServiceResource, ServiceVersionResource } from './resources'
import { archivalOf, etagOf } from './serialize'
import type { listFeatureServicesQuery } from './service-operations'
import {
  describedService,
  loadSelected,
  type Selected,
  type ServiceRow,
  type ServiceVersionRow,
  serviceVersionsOf,
  strictest,
} from './service-queries'

/** A feature that the reader may not know of is left out: its name alone would tell. */
const describedSelection = (ctx: Context, features: ServiceFeature[], selected: Selected) =>
  features.filter((one) => {
    const facts = selected.facts(one)
    return facts !== null && decide(ctx, 'catalog:describe', facts).allowed
  })

const selectionMembers = (version: ServiceVersionRow, features: ServiceFeature[]) => ({
  version: version.version,
  features: features.map((one) => `${one.group}@${one.version}:${one.feature}`),
  selection: features.map((one) => ({ group: one.group, version: one.version, feature: one.feature })),
  full_feature_names: version.fullFeatureNames,
})

async function serviceResources(ctx: Context, rows: ServiceRow[]): Promise<ServiceResource[]> {
  const versions = await serviceVersionsOf(rows.map((row) => row.service.id))
  const newestOf = (serviceId: string) => versions.find((version) => version.serviceId === serviceId)
  const selected = await loadSelected(rows.flatMap((row) => newestOf(row.service.id)?.features ?? []))
  const nameOf = await namesOf([...rows.map((row) => row.service), ...versions].map((one) => one.createdBy))
  return rows.flatMap(({ service, team }) => {
    const newest = newestOf(service.id)
    if (!newest) return []
    const features = describedSelection(ctx, newest.features, selected)
    return [
      {
        id: service.id,
        name: service.name,
        description: service.description,
        purpose: service.purpose,
        state: service.archivedAt === null ? ('active' as const) : ('archived' as const),
        archival: archivalOf(service),
        owner_team: team,
        tags: service.tags,
        classification: strictest(newest.features.map((one) => selected.facts(one)?.classification)),
        ...selectionMembers(newest, features),
        entities: [...new Set(features.flatMap((one) => selected.entity(one) ?? []))].sort(),
        versions: versions
          .filter((version) => version.serviceId === service.id)
          .map((version) => ({
            version: version.version,
            created_at: isoInstant(version.createdAt),
            created_by: nameOf(version.createdBy),
          })),
        sample: service.sample,
        created_at: isoInstant(service.createdAt),
        created_by: nameOf(service.createdBy),
        updated_at: isoInstant(service.updatedAt),
        etag: etagOf(service.revision),
      },
    ]
  })
}

/** Errors: `not_found`, the same for a missing and for a hidden service. */
export async function getFeatureService(ctx: Context, name: string): Promise<ServiceResource> {
  const { row } = await describedService(ctx, name)
  const [resource] = await serviceResources(ctx, [row])
  if (!resource) throw notFound(`A version of feature service ${name}`)
  return resource
}

/** All versions of a service, newest first. */
export async function listServiceVersions(ctx: Context, name: string): Promise<Page<ServiceVersionResource>> {
  const { row } = await describedService(ctx, name)
  const versions = await serviceVersionsOf([row.service.id])
  const selected = await loadSelected(versions.flatMap((version) => version.features))
  const nameOf = await namesOf(versions.map((version) => version.createdBy))
  const data = versions.map((version) => ({
    service: name,
    ...selectionMembers(version, describedSelection(ctx, version.features, selected)),
    created_at: isoInstant(version.createdAt),
    created_by: nameOf(version.createdBy),
  }))
  return { data, meta: { next_cursor: null, total: data.length } }
}

export async function getServiceVersion(
  ctx: Context,
  name: string,
  version: number,
): Promise<ServiceVersionResource> {
  const { data } = await listServiceVersions(ctx, name)
  const found = data.find((one) => one.version === version)
  if (!found) throw notFound(`Feature service ${name}, version ${version}`)
  return found
}

type Query = z.output<typeof listFeatureServicesQuery>

function conditions(ctx: Context, query: Query): SQL | undefined {
  const named = query.group === undefined ? null : JSON.stringify([{ group: query.group }])
  return and(
    visible(ctx, { teamId: featureServices.ownerTeamId, classification: catalogDocuments.classification }),
    query.team ? eq(teams.name, query.team) : undefined,
    query.tag ? arrayContains(featureServices.tags, [query.tag]) : undefined,
    query.state === 'archived' ? isNotNull(featureServices.archivedAt) : isNull(featureServices.archivedAt),
    named === null
      ? undefined
      : sql`exists (select 1 from ${featureServiceVersions} where ${featureServiceVersions.serviceId} = ${featureServices.id} and ${featureServiceVersions.features} @> ${named}::jsonb)`,
  )
}

const orders = {
  name: [asc(featureServices.name)],
  '-name': [desc(featureServices.name)],
  updated_at: [asc(featureServices.updatedAt), asc(featureServices.name)],
  '-updated_at': [desc(featureServices.updatedAt), asc(featureServices.name)],
}

const isServicesDocument = and(
  eq(catalogDocuments.kind, 'service'),
  eq(catalogDocuments.name, featureServices.name),
)

export async function listFeatureServices(ctx: Context, query: Query): Promise<Page<ServiceResource>> {
  const offset = offsetOf(query.cursor)
  const where = conditions(ctx, query)
  const [rows, counted] = await Promise.all([
    db()
      .select({ service: featureServices, team: teams.name })
      .from(featureServices)
      .innerJoin(teams, eq(teams.id, featureServices.ownerTeamId))
      .innerJoin(catalogDocuments, isServicesDocument)
      .where(where)
      .orderBy(...orders[query.sort])
      .limit(query.limit)
      .offset(offset),
    db()
      .select({ total: count() })
      .from(featureServices)
      .innerJoin(teams, eq(teams.id, featureServices.ownerTeamId))
      .innerJoin(catalogDocuments, isServicesDocument)
      .where(where),
  ])
  return pageOf(await serviceResources(ctx, rows), offset, query.limit, counted[0]?.total ?? 0)
}
