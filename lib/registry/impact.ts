import { and, desc, eq, gte, inArray, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { apiKeys, featureGroups as groups, people, usageMinutes } from '@/db/schema'
import { decide, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { edgesOf } from '@/lib/edges'
import { datasetsUsing } from './datasets-using'
import type { VersionRow } from './definition'
import { describedFeatures, requireVersion } from './get-feature-group'
import { catalogVersion } from './group-documents'
import type { impactQuery } from './group-operations'
import { isoInstant } from './instants'
import { describedGroup, environmentsOf, featuresOf, type GroupRow, versionsOf } from './queries'
import { fitOfReplacement } from './replacement'
import type { ImpactResource } from './resources'
import { loadServiceFacts } from './service-facts'
import { servicesNaming } from './services-naming'

const windowDays = 30

interface Scope {
  row: GroupRow
  version: VersionRow
  /** Names of the features that count: those that the caller may know of, or the one that is asked about. */
  features: string[]
  /** The one that is asked about, if one is. */
  feature?: string
}

async function services(ctx: Context, { row, version, features }: Scope) {
  const naming = await servicesNaming(db(), { groupId: row.group.id, version: version.major })
  const found = naming.flatMap((service) => {
    const counted = service.features.filter((name) => features.includes(name))
    return counted.length === 0 ? [] : [{ ...service, features: counted }]
  })
  const described = await Promise.all(
    found.map(async (service) => {
      const facts = await loadServiceFacts(service.name)
      return facts && decide(ctx, 'catalog:describe', facts).allowed ? [service] : []
    }),
  )
  return described.flat()
}

/** Keys by their names, people by theirs; whoever is gone by id. */
async function consumerNames(ids: string[]): Promise<(id: string) => string> {
  if (ids.length === 0) return (id) => id
  const [keys, persons] = await Promise.all([
    db().select({ id: apiKeys.id, name: apiKeys.name }).from(apiKeys).where(inArray(apiKeys.id, ids)),
    db().select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids)),
  ])
  const names = new Map([...keys, ...persons].map(({ id, name }) => [id, name]))
  return (id) => names.get(id) ?? id
}

async function consumers(
  ctx: Context,
  { row, version, features }: Scope,
): Promise<ImpactResource['consumers']> {
  const since = new Date(ctx.now().getTime() - windowDays * 86_400_000)
  // One read of several features counts once a feature: the most read one tells how often was read.
  const perFeature = db()
    .select({
      kind: usageMinutes.consumerKind,
      id: usageMinutes.consumerId,
      feature: usageMinutes.feature,
      reads: sql<number>`sum(${usageMinutes.reads})::float8`.as('reads'),
      last: sql<string>`max(${usageMinutes.minute})`.as('last'),
    })
    .from(usageMinutes)
    .where(
      and(
        eq(usageMinutes.groupName, row.group.name),
        eq(usageMinutes.version, version.major),
        inArray(usageMinutes.feature, features),
        gte(usageMinutes.minute, since.toISOString()),
      ),
    )
    .groupBy(usageMinutes.consumerKind, usageMinutes.consumerId, usageMinutes.feature)
    .as('per_feature')
  const reads: SQL<number> = sql`max(${perFeature.reads})`
  const rows = await db()
    .select({ kind: perFeature.kind, id: perFeature.id, reads, last: sql<string>`max(${perFeature.last})` })
    .from(perFeature)
    .groupBy(perFeature.kind, perFeature.id)
    .orderBy(desc(reads))
    .limit(200)
  const nameOf = await consumerNames(rows.map((one) => one.id))
  return rows.map((one) => ({
    kind: one.kind,
    name: nameOf(one.id),
    reads: one.reads,
    last_read: isoInstant(one.last),
  }))
}

const datasets = async (ctx: Context, { row, version, features, feature }: Scope) => {
  const used = {
    group: row.group.name,
    version: version.major,
    ...(feature === undefined ? {} : { feature }),
  }
  return (await datasetsUsing(ctx, used, features)).datasets
}

/** Groups fed by this one that the caller may know of. */
async function derivedGroups(ctx: Context, name: string): Promise<string[]> {
  const names = (await edgesOf({ kind: 'group', name }, 'down'))
    .filter((edge) => edge.toKind === 'group' && edge.relation === 'feeds')
    .map((edge) => edge.toName)
  if (names.length === 0) return []
  const rows = await db()
    .select({ name: groups.name })
    .from(groups)
    .where(
      and(
        inArray(groups.name, names),
        visible(ctx, {
          teamId: groups.ownerTeamId,
          classification: groups.classification,
          groupId: groups.id,
        }),
      ),
    )
    .orderBy(groups.name)
  return rows.map((one) => one.name)
}

export async function impactOfVersion(
  ctx: Context,
  scope: Scope,
  replacement?: string,
): Promise<ImpactResource> {
  const [hit, built, derived, readers, fit] = await Promise.all([
    services(ctx, scope),
    datasets(ctx, scope),
    derivedGroups(ctx, scope.row.group.name),
    consumers(ctx, scope),
    replacement ? fitOfReplacement(db(), ctx, scope, replacement) : null,
  ])
  return {
    group: scope.row.group.name,
    version: scope.version.major,
    services: hit.map(({ name, version, features, team }) => ({ name, version, features, owner_team: team })),
    groups: derived,
    datasets: built.map(({ name, version, features, team }) => ({
      name,
      version,
      features,
      owner_team: team,
    })),
    consumers: readers,
    owner_teams: [...new Set([scope.row.team, ...[...hit, ...built].map(({ team }) => team)])].sort(),
    replacement: fit && { reference: replacement ?? '', ...fit },
  }
}

/** Features of a version that the caller may know of. */
export const describedNames = async (ctx: Context, row: GroupRow, version: VersionRow): Promise<string[]> =>
  describedFeatures(ctx, row, await featuresOf(version.id)).map(({ name }) => name)

/** Who would be hit by a change of a version (default: the one the catalogue speaks of) or of one of its features. Errors: `not_found`. */
export async function impactOf(
  ctx: Context,
  name: string,
  query: z.output<typeof impactQuery>,
): Promise<ImpactResource> {
  const row = await describedGroup(ctx, name)
  const versions = await versionsOf(row.group.id)
  const served = await environmentsOf(versions.map((version) => version.id))
  const shown = catalogVersion(versions, served)
  const version = await requireVersion(row, query.version ?? shown?.major ?? 1)
  const known = await describedNames(ctx, row, version)
  if (query.feature !== undefined && !known.includes(query.feature))
    throw notFound(`Feature ${row.group.name}@${version.major}:${query.feature}`)
  const features = query.feature === undefined ? known : [query.feature]
  const scope = { row, version, features, ...(query.feature === undefined ? {} : { feature: query.feature }) }
  return impactOfVersion(ctx, scope, query.replacement)
}
