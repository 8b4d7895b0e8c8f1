import { db } from '@/db/client'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { type FieldError, notFound } from '@/lib/core/errors'
import { missingOf } from './complete'
import type { FeatureRow, VersionRow } from './definition'
import { catalogVersion } from './group-documents'
import {
  describedGroup,
  environmentsOf,
  featuresOf,
  findVersion,
  type GroupRow,
  groupFacts,
  namesOf,
  type VersionEnvironmentRow,
  versionsOf,
} from './queries'
import { redactFeatures, redactVersions } from './redact'
import type { GroupResource, Page, VersionResource, VersionSummaryResource } from './resources'
import { strictestOf } from './rules'
import { serializeGroup, serializeVersion, serializeVersionSummary } from './serialize'

/** A feature may be stricter than its group: then it is there only for those who may know of it. */
export function describedFeatures<F extends Pick<FeatureRow, 'classification'>>(
  ctx: Context,
  row: GroupRow,
  features: F[],
): F[] {
  const facts = groupFacts(row)
  return features.filter(
    ({ classification }) =>
      classification === null ||
      classification === facts.classification ||
      decide(ctx, 'catalog:describe', { ...facts, classification }).allowed,
  )
}

/** What the environment serves and is not archived, else what the catalogue speaks of. */
function currentVersion(
  environment: string,
  versions: VersionRow[],
  served: VersionEnvironmentRow[],
): VersionRow | undefined {
  const promoted = served.find((one) => one.environment === environment && one.state === 'promoted')
  const current = versions.find((version) => version.id === promoted?.versionId)
  return current && current.state !== 'archived' ? current : catalogVersion(versions, served)
}

/** What is missing of a feature is told to those who may know of it. */
const toldOf = (described: { name: string }[], missing: FieldError[]) =>
  missing.flatMap(({ pointer, reason }) =>
    !pointer.startsWith('/features/') || described.some(({ name }) => reason.startsWith(`\`${name}\``))
      ? [{ pointer, reason }]
      : [],
  )

/** The group as its readers see it; the caller has decided that they may. */
export async function groupResource(ctx: Context, row: GroupRow): Promise<GroupResource> {
  const versions = await versionsOf(row.group.id)
  const served = await environmentsOf(versions.map((version) => version.id))
  const current = currentVersion(ctx.environment, versions, served)
  if (!current) throw notFound(`A version of feature group ${row.group.name}`)
  const [features, nameOf] = await Promise.all([
    featuresOf(current.id),
    namesOf([row.group.createdBy, ...versions.map((version) => version.createdBy)]),
  ])
  const described = describedFeatures(ctx, row, features)
  const [shown, ...redacted] = await redactVersions(ctx, [current, ...versions], { described, all: features })
  return serializeGroup(row, {
    current: shown ?? current,
    features: redactFeatures(described, features),
    strictest: strictestOf(row, features),
    missing: current.state === 'draft' ? toldOf(described, await missingOf(db(), row, features)) : [],
    versions: redacted,
    served,
    nameOf,
  })
}

/** Errors: `not_found`, the same for a missing and for a hidden group. */
export async function getFeatureGroup(ctx: Context, name: string): Promise<GroupResource> {
  return groupResource(ctx, await describedGroup(ctx, name))
}

export async function versionResource(
  ctx: Context,
  row: GroupRow,
  version: VersionRow,
): Promise<VersionResource> {
  const [features, served, nameOf] = await Promise.all([
    featuresOf(version.id),
    environmentsOf([version.id]),
    namesOf([version.createdBy]),
  ])
  const described = describedFeatures(ctx, row, features)
  const [shown = version] = await redactVersions(ctx, [version], { described, all: features })
  return serializeVersion(
    row,
    shown,
    { features: redactFeatures(described, features), strictest: strictestOf(row, features) },
    served,
    nameOf,
  )
}

/** The version, or the 404 that names it. */
export async function requireVersion(row: GroupRow, major: number): Promise<VersionRow> {
  const version = await findVersion(row.group.id, major)
  if (!version) throw notFound(`Feature group ${row.group.name}@${major}`)
  return version
}

export async function getVersion(ctx: Context, name: string, major: number): Promise<VersionResource> {
  const row = await describedGroup(ctx, name)
  return versionResource(ctx, row, await requireVersion(row, major))
}

/** All versions of a group, newest first. */
export async function versionSummaries(ctx: Context, name: string): Promise<Page<VersionSummaryResource>> {
  const row = await describedGroup(ctx, name)
  const versions = await versionsOf(row.group.id)
  const [served, nameOf] = await Promise.all([
    environmentsOf(versions.map((version) => version.id)),
    namesOf(versions.map((version) => version.createdBy)),
  ])
  const data = (await redactVersions(ctx, versions)).map((version) =>
    serializeVersionSummary(version, served, nameOf),
  )
  return { data, meta: { next_cursor: null, total: data.length } }
}
