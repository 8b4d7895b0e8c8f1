import { and, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { featureGroups as groups } from '@/db/schema'
import { decide, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { edgesOf } from '@/lib/edges'
import { archiveRefusal } from './archive-refusal'
import { datasetsUsing } from './datasets-using'
import type { VersionRow } from './definition'
import { describedFeatures, requireVersion } from './get-feature-group'
import { catalogVersion } from './group-documents'
import type { impactQuery } from './group-operations'
import { describedGroup, environmentsOf, featuresOf, type GroupRow, versionsOf } from './queries'
import { recentReaders } from './recent-readers'
import { fitOfReplacement } from './replacement'
import type { ImpactResource } from './resources'
import { loadServiceFacts } from './service-facts'
import { servicesNaming } from './services-naming'

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
    if (service.isArchived) return []
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

async function consumers(
  ctx: Context,
  { row, version, features }: Scope,
): Promise<ImpactResource['consumers']> {
  const group = row.group.name
  const readers = await recentReaders(db(), ctx, { group, version: version.major, features })
  return readers.map(({ id: _, ...reader }) => reader)
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
    refused: null,
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
  const impact = await impactOfVersion(ctx, scope, query.replacement)
  return query.change === 'archive'
    ? { ...impact, refused: await archiveRefusal(db(), ctx, row, version) }
    : impact
}
