import type { Classification } from '@/lib/authz'
import { formatDuration } from '@/lib/core/duration'
import type { FeatureDefinition, FeatureRow, VersionRow } from './definition'
import { isoInstant } from './instants'
import type { GroupRow, VersionEnvironmentRow } from './queries'
import type { FeatureResource, GroupResource, VersionResource, VersionSummaryResource } from './resources'
import { needsReview } from './rules'

type NameOf = (id: string) => string

export const etagOf = (revision: number) => `"${revision}"`

export const durationOrNull = (seconds: number | null) => (seconds === null ? null : formatDuration(seconds))

export const featureResourceOf = (feature: FeatureDefinition): FeatureResource => ({
  name: feature.name,
  type: feature.type,
  description: feature.description,
  contract: feature.contract,
  expression: feature.expression,
  role: feature.role,
  horizon: feature.horizon,
  classification: feature.classification,
  tags: feature.tags,
  // A revision that was recorded before there was a permitted use has none.
  permitted_use: feature.permittedUse ?? [],
})

const deprecationOf = (version: VersionRow) =>
  version.deprecatedAt === null
    ? null
    : {
        reason: version.deprecationReason ?? '',
        replacement: version.replacement,
        deprecated_at: isoInstant(version.deprecatedAt),
        sunset_at: version.sunsetAt === null ? null : isoInstant(version.sunsetAt),
      }

/** Of a version or a service. */
export const archivalOf = (row: { archivedAt: string | null; archiveReason: string | null }) =>
  row.archivedAt === null
    ? null
    : { reason: row.archiveReason ?? '', archived_at: isoInstant(row.archivedAt) }

const environmentsOfVersion = (version: VersionRow, served: VersionEnvironmentRow[]) =>
  served
    .filter((one) => one.versionId === version.id)
    .map((one) => ({
      name: one.environment,
      state: one.state,
      promoted_at: one.promotedAt === null ? null : isoInstant(one.promotedAt),
    }))

/** Whether the version waits for a second person, has seen one, or never needed one. */
function reviewOf(version: VersionRow, classification: Classification) {
  if (version.state === 'in_review') return 'waiting'
  if (version.state === 'draft') return 'required'
  return needsReview(classification, version.major === 1 ? 'first' : 'breaking') ? 'done' : 'not_required'
}

const definitionResource = (
  version: VersionRow,
  features: FeatureDefinition[],
  served: VersionEnvironmentRow[],
) => ({
  version: version.major,
  revision: version.revision,
  state: version.state,
  environments: environmentsOfVersion(version, served),
  primary_key: version.primaryKey.map((key) => key.name),
  keys: version.primaryKey,
  timestamp_key: version.timestampKey,
  ttl: durationOrNull(version.ttlSeconds),
  source_delay: formatDuration(version.sourceDelaySeconds),
  allowed_skew: formatDuration(version.allowedSkewSeconds),
  online: version.online,
  source: version.source,
  inputs: version.inputs,
  transformation: version.transformation,
  features: features.map(featureResourceOf),
  deprecation: deprecationOf(version),
  archival: archivalOf(version),
})

const instantOrNull = (instant: string | null) => (instant === null ? null : isoInstant(instant))

export const serializeVersionSummary = (
  version: VersionRow,
  served: VersionEnvironmentRow[],
  nameOf: NameOf,
): VersionSummaryResource => ({
  version: version.major,
  revision: version.revision,
  state: version.state,
  environments: environmentsOfVersion(version, served),
  created_at: isoInstant(version.createdAt),
  created_by: nameOf(version.createdBy),
  activated_at: instantOrNull(version.activatedAt),
  deprecation: deprecationOf(version),
  archival: archivalOf(version),
})

export const serializeVersion = (
  { group }: GroupRow,
  version: VersionRow,
  { features, strictest }: { features: FeatureDefinition[]; strictest: Classification },
  served: VersionEnvironmentRow[],
  nameOf: NameOf,
): VersionResource => ({
  group: group.name,
  ...definitionResource(version, features, served),
  review: reviewOf(version, strictest),
  created_at: isoInstant(version.createdAt),
  created_by: nameOf(version.createdBy),
  activated_at: instantOrNull(version.activatedAt),
})

export interface GroupParts {
  /** The version that is shown, and its features. */
  current: VersionRow
  features: FeatureRow[]
  /** Of the group and all features of that version. */
  strictest: Classification
  /** Mandatory fields that are empty, of a draft. */
  missing: { pointer: string; reason: string }[]
  /** Newest first. */
  versions: VersionRow[]
  /** Of all versions. */
  served: VersionEnvironmentRow[]
  nameOf: NameOf
}

export function serializeGroup({ group, team, entity }: GroupRow, parts: GroupParts): GroupResource {
  const { current, served, nameOf } = parts
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    entity,
    owner_team: team,
    tags: group.tags,
    classification: group.classification,
    domain: group.domain,
    cadence: durationOrNull(group.cadenceSeconds),
    purposes: group.purposes,
    lawful_basis: group.lawfulBasis,
    permitted_use: group.permittedUse,
    permitted_use_note: group.permittedUseNote,
    custom: group.custom,
    missing: parts.missing,
    ...definitionResource(current, parts.features, served),
    review: reviewOf(current, parts.strictest),
    versions: parts.versions.map((version) => serializeVersionSummary(version, served, nameOf)),
    sample: group.sample,
    note: group.note,
    created_at: isoInstant(group.createdAt),
    created_by: nameOf(group.createdBy),
    updated_at: isoInstant(group.updatedAt),
    etag: etagOf(group.revision),
  }
}
