import { and, inArray } from 'drizzle-orm'
import type { z } from 'zod'
import { db } from '@/db/client'
import { featureGroups as groups } from '@/db/schema'
import { decide, visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField, notFound } from '@/lib/core/errors'
import { edgesOf } from '@/lib/edges'
import { datasetsUsing } from './datasets-using'
import type { VersionRow } from './definition'
import { describedFeatures, requireVersion } from './get-feature-group'
import { catalogVersion } from './group-documents'
import type { impactQuery } from './group-operations'
import { changeRefusal, effectOf, type IntendedChange, losingAccess } from './impact-effect'
import { type ImpactResource, impactNote } from './impact-resources'
import {
  describedGroup,
  environmentsOf,
  featuresOf,
  type GroupRow,
  groupFacts,
  type VersionEnvironmentRow,
  versionsOf,
} from './queries'
import { recentReaders, toldReader } from './recent-readers'
import { fitOfReplacement } from './replacement'
import { loadServiceFacts } from './service-facts'
import { type NamingService, servicesNaming } from './services-naming'

type Query = Omit<z.output<typeof impactQuery>, 'format'>

interface Scope {
  row: GroupRow
  version: VersionRow
  /** Names of the features that count: those that the caller may know of, or the one that is asked about. */
  features: string[]
  /** The one that is asked about, if one is. */
  feature?: string
}

/** Those that the caller may know of. */
async function services(ctx: Context, { row, version, features }: Scope): Promise<NamingService[]> {
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

const consumers = (ctx: Context, { row, version, features }: Scope) =>
  recentReaders(db(), ctx, { group: row.group.name, version: version.major, features })

const datasets = async (ctx: Context, { row, version, features, feature }: Scope) => {
  const used = {
    group: row.group.name,
    version: version.major,
    ...(feature === undefined ? {} : { feature }),
  }
  return datasetsUsing(ctx, used, features)
}

/** Models that lineage knows to be trained on what may be named. */
export async function modelsOf(built: { name: string; version: number }[]): Promise<string[]> {
  const names = built.flatMap(({ name, version }) => [name, `${name}@${version}`])
  const found = await Promise.all(names.map((name) => edgesOf({ kind: 'dataset', name }, 'down')))
  const models = found.flat().filter(({ toKind }) => toKind === 'model')
  return [...new Set(models.map(({ toName }) => toName))].sort()
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

/** A refusal can be for the sake of what is hidden: it is for who could do the act. */
const mayAct = (ctx: Context, row: GroupRow, change: IntendedChange['change']): boolean =>
  decide(ctx, change === 'delete' ? 'group:delete' : 'version:deprecate', groupFacts(row)).allowed

interface Asked extends Partial<IntendedChange> {
  replacement?: string | undefined
}

/** Who would be hit, for who may describe the group. `asked`: what is to be done to it; absent: a deprecation. */
export async function impactOfVersion(
  ctx: Context,
  scope: Scope,
  { change = 'deprecate', replacement, ...asked }: Asked = {},
): Promise<ImpactResource> {
  const { row, version } = scope
  const intended = { ...asked, change, feature: scope.feature }
  const [hit, built, derived, readers, fit, refused] = await Promise.all([
    services(ctx, scope),
    datasets(ctx, scope),
    derivedGroups(ctx, row.group.name),
    consumers(ctx, scope),
    replacement ? fitOfReplacement(db(), ctx, scope, replacement) : null,
    mayAct(ctx, row, change) ? changeRefusal(db(), ctx, scope, change) : null,
  ])
  const owners = [...hit, ...built.datasets].map(({ team }) => team)
  return {
    group: row.group.name,
    version: version.major,
    change,
    effect: effectOf(row.group.name, version.major, intended),
    services: hit.map(({ teamId: _, team, isArchived: __, ...one }) => ({ ...one, owner_team: team })),
    groups: derived,
    datasets: built.datasets.map(({ serviceVersion: _, team, ...one }) => ({ ...one, owner_team: team })),
    models: await modelsOf(built.datasets),
    consumers: readers.map(toldReader),
    note: impactNote,
    owner_teams: [
      ...new Set([row.team, ...owners, ...readers.flatMap(({ teams }) => teams.map(({ name }) => name))]),
    ].sort(),
    loses_access: await losingAccess(ctx, row, readers, asked.classification),
    replacement: fit && { reference: replacement ?? '', ...fit },
    refused,
  }
}

/** Features of a version that the caller may know of. */
export const describedNames = async (ctx: Context, row: GroupRow, version: VersionRow): Promise<string[]> =>
  describedFeatures(ctx, row, await featuresOf(version.id)).map(({ name }) => name)

/** The version that the change takes from its readers. */
function versionInQuestion(
  { version, change }: Query,
  versions: VersionRow[],
  served: VersionEnvironmentRow[],
): number {
  const shown = catalogVersion(versions, served)?.major ?? 1
  // What comes back takes the place of what is served, whose readers are those to ask.
  return change === 'restore_as_new' ? shown : (version ?? shown)
}

/**
 * Who would be hit by a change of a version (default: the one the catalogue speaks of) or of one of its features.
 * Errors: `not_found`; `invalid` for `remove_feature` without the feature.
 */
export async function impactOf(ctx: Context, name: string, query: Query): Promise<ImpactResource> {
  const row = await describedGroup(ctx, name)
  if (query.change === 'remove_feature' && query.feature === undefined)
    throw invalidField('/feature', 'names the feature that would go', 'required')
  if (query.change === 'restore_as_new' && query.version !== undefined)
    await requireVersion(row, query.version)
  const versions = await versionsOf(row.group.id)
  const served = await environmentsOf(versions.map((one) => one.id))
  const version = await requireVersion(row, versionInQuestion(query, versions, served))
  const known = await describedNames(ctx, row, version)
  if (query.feature !== undefined && !known.includes(query.feature))
    throw notFound(`Feature ${row.group.name}@${version.major}:${query.feature}`)
  const features = query.feature === undefined ? known : [query.feature]
  const scope = { row, version, features, ...(query.feature === undefined ? {} : { feature: query.feature }) }
  return impactOfVersion(ctx, scope, query)
}
