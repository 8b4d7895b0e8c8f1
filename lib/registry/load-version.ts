import { and, asc, desc, eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import {
  featureGroups,
  features,
  featureGroupVersions as groupVersions,
  type KeyColumn,
  teams,
  versionEnvironments,
} from '@/db/schema'
import type { ResourceFacts } from '@/lib/authz'
import { durationSeconds } from '@/lib/core/duration'
import { type FeatureType, parseFeatureType } from '@/lib/core/feature-type'
import { namePattern } from '@/lib/core/names'
import { gracesInForce } from './ending/graces'
import { expressionSql } from './expression/derived'
import { namesIn } from './expression/names'
import { isoInstant } from './instants'
import { isIdentifier, unionOf } from './permitted-use'
import { findGroup, groupFacts } from './queries'
import { parseGroupReference } from './reference'
import type { ServingFeature, ServingVersion, TypedColumn, VersionReference } from './types'

/** Every type in the registry was parsed before it was stored. */
function storedType(text: string): FeatureType {
  const type = parseFeatureType(text)
  if (!type) throw new Error(`The registry holds a type that is not one: ${text}`)
  return type
}

const typedColumn = ({ name, type }: KeyColumn): TypedColumn => ({
  name,
  type: storedType(type),
  typeText: type,
})

const selectServing = (executor: Executor) =>
  executor
    .select({ group: featureGroups, team: teams.name, version: groupVersions, served: versionEnvironments })
    .from(featureGroups)
    .innerJoin(teams, eq(teams.id, featureGroups.ownerTeamId))
    .innerJoin(groupVersions, eq(groupVersions.groupId, featureGroups.id))
    .innerJoin(versionEnvironments, eq(versionEnvironments.versionId, groupVersions.id))

type ServingRow = Awaited<ReturnType<typeof selectServing>>[number]

type FeatureRow = typeof features.$inferSelect

/** A feature and all that it is computed from in its row. */
function originsOf(feature: FeatureRow, rows: FeatureRow[], seen = new Set<FeatureRow>()): Set<FeatureRow> {
  seen.add(feature)
  const names = feature.expression === null ? null : namesIn(feature.expression)
  for (const read of rows) if (names?.has(read.name) && !seen.has(read)) originsOf(read, rows, seen)
  return seen
}

/** A feature that is computed in its row tells of what it is computed from. */
function useOf(feature: FeatureRow, rows: FeatureRow[], ofGroup: FeatureRow['permittedUse']) {
  const origins = [...originsOf(feature, rows)]
  return {
    permittedUse: unionOf(ofGroup, ...origins.map((one) => one.permittedUse)),
    isIdentifier: origins.some(({ tags }) => isIdentifier(tags)),
  }
}

const featureRows = (executor: Executor, versionIds: string[]): Promise<FeatureRow[]> =>
  executor
    .select()
    .from(features)
    .where(inArray(features.versionId, versionIds))
    .orderBy(asc(features.versionId), asc(features.position))

/** The features of a version, of which `rows` are those of the registry in their order. */
function servingFeatures({ version, group }: ServingRow, rows: FeatureRow[]): ServingFeature[] {
  const { primaryKey: keys, timestampKey, inputs } = version
  const row = { keys, timestampKey, features: rows, inputs }
  return rows.map((feature) => ({
    ...typedColumn(feature),
    position: feature.position,
    expression:
      feature.expression === null
        ? null
        : expressionSql(row, { expression: feature.expression, type: feature.type }),
    role: feature.role,
    horizonSeconds: feature.horizon === null ? null : durationSeconds(feature.horizon),
    contract: feature.contract,
    classification: feature.classification ?? group.classification,
    ...useOf(feature, rows, group.permittedUse),
  }))
}

function factsOf({ group, team, version, served }: ServingRow): ResourceFacts {
  return {
    kind: 'group',
    id: group.id,
    name: group.name,
    teamId: group.ownerTeamId,
    team,
    classification: group.classification,
    tags: group.tags,
    lifecycle: version.state,
    environment: served.environment,
  }
}

async function replacementOf(
  executor: Executor,
  reference: string | null,
): Promise<ServingVersion['replacement']> {
  if (reference === null) return null
  const found = await findGroup(parseGroupReference(reference)?.group ?? reference, executor)
  return { reference, resource: found && groupFacts(found) }
}

function servingVersion(
  row: ServingRow,
  loaded: ServingFeature[],
  { replacement, graces }: Pick<ServingVersion, 'replacement' | 'graces'>,
): ServingVersion {
  const { group, team, version, served } = row
  return {
    groupId: group.id,
    groupName: group.name,
    teamId: group.ownerTeamId,
    team,
    tags: group.tags,
    classification: group.classification,
    versionId: version.id,
    major: version.major,
    revision: version.revision,
    state: version.state,
    environment: served.environment,
    viewId: served.viewId,
    promoted: served.state === 'promoted',
    keys: version.primaryKey.map(typedColumn),
    timestampKey: version.timestampKey,
    features: loaded,
    inputs: version.inputs.map(typedColumn),
    ttlSeconds: version.ttlSeconds,
    sourceDelaySeconds: version.sourceDelaySeconds,
    allowedSkewSeconds: version.allowedSkewSeconds,
    online: version.online,
    transformation: version.transformation,
    cadenceSeconds: group.cadenceSeconds,
    deprecatedAt: version.deprecatedAt === null ? null : isoInstant(version.deprecatedAt),
    replacement,
    sunsetAt: version.sunsetAt === null ? null : isoInstant(version.sunsetAt),
    graces,
    resource: factsOf(row),
  }
}

/** The version that the reference means in the environment, whoever asks; null when it is not there. */
export async function loadServingVersion(
  reference: VersionReference,
  environment: string,
  executor: Executor = db(),
): Promise<ServingVersion | null> {
  if (!namePattern.test(reference.group) || !namePattern.test(environment)) return null
  const which =
    reference.version === undefined
      ? eq(versionEnvironments.state, 'promoted')
      : eq(groupVersions.major, reference.version)
  const [row] = await selectServing(executor)
    .where(
      and(eq(featureGroups.name, reference.group), eq(versionEnvironments.environment, environment), which),
    )
    .orderBy(desc(groupVersions.major))
    .limit(1)
  if (!row) return null
  return withFeatures(executor, row, await featureRows(executor, [row.version.id]))
}

/** Few versions have a successor or an end: only of those more is asked. */
async function withFeatures(executor: Executor, row: ServingRow, own: FeatureRow[]): Promise<ServingVersion> {
  const { version } = row
  return servingVersion(row, servingFeatures(row, own), {
    replacement: await replacementOf(executor, version.replacement),
    graces: version.sunsetAt === null ? [] : await gracesInForce(executor, version.id),
  })
}

/** What the environment serves of many groups, whoever asks: two statements. A group of which it serves nothing is left out. */
export async function loadPromotedVersions(
  groups: readonly string[],
  environment: string,
): Promise<ServingVersion[]> {
  const names = groups.filter((name) => namePattern.test(name))
  if (names.length === 0 || !namePattern.test(environment)) return []
  const rows = await selectServing(db())
    .where(
      and(
        inArray(featureGroups.name, names),
        eq(versionEnvironments.environment, environment),
        eq(versionEnvironments.state, 'promoted'),
      ),
    )
    .orderBy(asc(featureGroups.name), asc(groupVersions.major))
  const newest = [...new Map(rows.map((row) => [row.group.id, row])).values()]
  const all = await featureRows(
    db(),
    newest.map(({ version }) => version.id),
  )
  const byVersion = new Map(newest.map(({ version }): [string, FeatureRow[]] => [version.id, []]))
  for (const feature of all) byVersion.get(feature.versionId)?.push(feature)
  return Promise.all(newest.map((row) => withFeatures(db(), row, byVersion.get(row.version.id) ?? [])))
}
