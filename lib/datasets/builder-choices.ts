import { and, asc, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { featureGroups, features, featureGroupVersions as groupVersions, teams } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { listFeatureServices, mayDescribeFeature, resolveVersion, type ServingVersion } from '@/lib/registry'
import { listFeatureServicesQuery } from '@/lib/registry/operations'
import { listDatasetsQuery } from './operations'
import { describedVersion } from './queries'
import { listTrainingDatasets } from './read-datasets'
import type { BuilderChoices } from './resources'

const most = 200

/** Versions by `group` or `group@n`; null for one that is not served to this reader. */
function versionCache(ctx: Context) {
  const found = new Map<string, Promise<ServingVersion | null>>()
  return (group: string, version?: number): Promise<ServingVersion | null> => {
    const key = `${group}@${version ?? ''}`
    const present = found.get(key)
    if (present) return present
    const loading = resolveVersion(ctx, { group, ...(version === undefined ? {} : { version }) }).catch(
      (error: unknown) => {
        if (error instanceof DomainError) return null
        throw error
      },
    )
    found.set(key, loading)
    return loading
  }
}

type FindVersion = ReturnType<typeof versionCache>

const keysOf = (version: ServingVersion) => version.keys.map(({ name, typeText: type }) => ({ name, type }))

/** Names of the groups that have a label in any version. */
async function labelGroupNames(ctx: Context): Promise<string[]> {
  const rows = await db()
    .selectDistinct({ name: featureGroups.name })
    .from(features)
    .innerJoin(groupVersions, eq(groupVersions.id, features.versionId))
    .innerJoin(featureGroups, eq(featureGroups.id, groupVersions.groupId))
    .where(
      and(
        eq(features.role, 'label'),
        visible(ctx, {
          teamId: featureGroups.ownerTeamId,
          classification: featureGroups.classification,
          groupId: featureGroups.id,
        }),
      ),
    )
    .orderBy(asc(featureGroups.name))
    .limit(most)
  return rows.map(({ name }) => name)
}

async function labels(ctx: Context, find: FindVersion): Promise<BuilderChoices['label_groups']> {
  const groups: BuilderChoices['label_groups'] = []
  for (const name of await labelGroupNames(ctx)) {
    const version = await find(name)
    if (!version || version.state === 'deprecated' || version.state === 'archived') continue
    const own = version.features.filter((feature) => mayDescribeFeature(ctx, version, feature))
    const found = own.filter(({ role }) => role === 'label')
    if (found.length === 0) continue
    groups.push({
      group: name,
      version: version.major,
      keys: keysOf(version),
      timestamp_key: version.timestampKey,
      columns: own
        .filter(({ role }) => role === 'feature')
        .map((one) => ({ name: one.name, type: one.typeText })),
      labels: found.map((one) => ({
        name: one.name,
        type: one.typeText,
        horizon_seconds: one.horizonSeconds ?? 0,
      })),
    })
  }
  return groups
}

async function services(ctx: Context, find: FindVersion): Promise<BuilderChoices['services']> {
  const { data } = await listFeatureServices(ctx, listFeatureServicesQuery.parse({ limit: most }))
  return Promise.all(
    data.map(async ({ name, version, description, selection, purpose }) => {
      const named = [...new Map(selection.map((one) => [one.group, one.version]))]
      const groups = await Promise.all(named.map(([group, major]) => find(group, major)))
      return {
        name,
        version,
        description,
        purpose,
        features: selection.map((one) => `${one.group}@${one.version}:${one.feature}`),
        groups: groups.flatMap((one) => (one ? [{ group: one.groupName, keys: keysOf(one) }] : [])),
      }
    }),
  )
}

async function datasets(ctx: Context): Promise<BuilderChoices['datasets']> {
  const { data } = await listTrainingDatasets(ctx, listDatasetsQuery.parse({ limit: most }))
  const ready = data.flatMap(({ name, version, state }) =>
    state === 'ready' && version !== null ? [{ name, version }] : [],
  )
  return Promise.all(
    ready.map(async ({ name, version }) => {
      const { columns, spec } = await describedVersion(ctx, name, version)
      const own = columns.filter(({ role }) => role === 'spine' || role === 'timestamp')
      return {
        name,
        version,
        timestamp_column: spec.timestamp_column,
        columns: own.map((column) => ({ name: column.name, type: column.type })),
      }
    }),
  )
}

/** What the builder offers its reader to choose from. Errors: forbidden. */
export async function builderChoices(ctx: Context): Promise<BuilderChoices> {
  await authorizeAtAll(ctx, 'dataset:create')
  const find = versionCache(ctx)
  const own = ctx.actor.teams.map(({ team }) => team)
  const isAdministrator = ctx.actor.roles.some(
    ({ role, teamId }) => role === 'administrator' && teamId === null,
  )
  const all = isAdministrator
    ? await db().select({ name: teams.name }).from(teams).orderBy(asc(teams.name))
    : []
  return {
    services: await services(ctx, find),
    label_groups: await labels(ctx, find),
    datasets: await datasets(ctx),
    teams: [...new Set([...own, ...all.map(({ name }) => name)])],
  }
}
