import { z } from 'zod'
import { contractSchema } from './contract-terms'
import { classificationSchema } from './fields'
import { impactResource } from './impact-resources'
import { customSchema } from './mandatory'
import { permittedUseNames } from './permitted-use'

const instant = z.string().describe('RFC 3339, UTC.')
const duration = z.string().nullable().describe('ISO 8601 duration.')
const column = z.object({ name: z.string(), type: z.string() })

export const versionStateSchema = z.enum(['draft', 'in_review', 'active', 'deprecated', 'archived'])

export const featureResource = z.object({
  name: z.string(),
  type: z.string(),
  description: z.string(),
  contract: contractSchema.nullable(),
  expression: z.string().nullable(),
  role: z.enum(['feature', 'label']),
  horizon: duration,
  classification: classificationSchema.nullable().describe('Its own, when stricter than the group’s.'),
  tags: z.array(z.string()),
  permitted_use: z.array(z.enum(permittedUseNames)).describe('Beyond what holds for its group.'),
})
export type FeatureResource = z.output<typeof featureResource>

const deprecationResource = z.object({
  reason: z.string(),
  replacement: z.string().nullable().describe('`group` or `group@n`.'),
  deprecated_at: instant,
  sunset_at: instant.nullable(),
})

const archivalResource = z.object({ reason: z.string(), archived_at: instant })

const environmentStateResource = z.object({
  name: z.string(),
  state: z.enum(['registered', 'promoted']),
  promoted_at: instant.nullable(),
})

const sourceResourceOfGroup = z.looseObject({ kind: z.string() })

const transformationResource = z.object({
  sql: z.string(),
  inputs: z.array(z.string()),
  schedule: z.string().optional().describe('Cron expression in UTC, or an ISO 8601 duration.'),
  on_new_data: z.boolean().optional(),
  interval: z.string().optional(),
  lookback: z.string().optional(),
  tests: z.array(z.unknown()).optional(),
})

/** What a version fixes. */
const definition = {
  version: z.int(),
  revision: z.int(),
  state: versionStateSchema,
  environments: z.array(environmentStateResource),
  primary_key: z.array(z.string()),
  keys: z.array(column),
  timestamp_key: z.string(),
  ttl: duration,
  source_delay: z.string(),
  allowed_skew: z.string(),
  online: z.boolean(),
  source: sourceResourceOfGroup,
  inputs: z.array(column),
  transformation: transformationResource.nullable(),
  features: z.array(featureResource),
  deprecation: deprecationResource.nullable(),
  archival: archivalResource.nullable(),
}

export const versionSummaryResource = z.object({
  version: z.int(),
  revision: z.int(),
  state: versionStateSchema,
  environments: z.array(environmentStateResource),
  created_at: instant,
  created_by: z.string(),
  activated_at: instant.nullable(),
  deprecation: deprecationResource.nullable(),
  archival: archivalResource.nullable(),
})
export type VersionSummaryResource = z.output<typeof versionSummaryResource>

const reviewSchema = z
  .enum(['not_required', 'required', 'waiting', 'done'])
  .describe('Whether a second person has to look at this version before it serves.')

/** A feature group with the version that the environment serves, or else its newest one. */
export const groupResource = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  entity: z.string().nullable(),
  owner_team: z.string(),
  tags: z.array(z.string()),
  classification: classificationSchema,
  domain: z.string().nullable(),
  cadence: duration,
  purposes: z.array(z.string()),
  lawful_basis: z.string().nullable(),
  permitted_use: z.array(z.enum(permittedUseNames)),
  permitted_use_note: z.string().nullable(),
  custom: customSchema.describe('Fields that the organisation defines.'),
  missing: z
    .array(z.object({ pointer: z.string(), reason: z.string() }))
    .describe('Mandatory fields that are empty, of a draft: it cannot be submitted with them.'),
  ...definition,
  review: reviewSchema,
  versions: z.array(versionSummaryResource),
  sample: z.boolean(),
  note: z.string().nullable(),
  created_at: instant,
  created_by: z.string(),
  updated_at: instant,
  etag: z.string(),
})
export type GroupResource = z.output<typeof groupResource>

export const groupSummaryResource = groupResource
  .pick({
    id: true,
    name: true,
    description: true,
    entity: true,
    owner_team: true,
    tags: true,
    classification: true,
    domain: true,
    version: true,
    state: true,
    sample: true,
    created_at: true,
    updated_at: true,
  })
  .extend({ feature_count: z.int() })
export type GroupSummaryResource = z.output<typeof groupSummaryResource>

export const changeResource = z.object({
  field: z.string().describe('Path, e.g. `features.num_logins.type`.'),
  old: z.unknown(),
  new: z.unknown(),
  class: z.enum(['breaking', 'warning', 'info']),
})

export const versionResource = z.object({
  group: z.string(),
  ...definition,
  review: reviewSchema,
  created_at: instant,
  created_by: z.string(),
  activated_at: instant.nullable(),
})
export type VersionResource = z.output<typeof versionResource>

export const addedVersionResource = versionResource.extend({
  change: z.enum(['compatible', 'breaking']),
  changes: z.array(changeResource),
})
export type AddedVersionResource = z.output<typeof addedVersionResource>

export const diffResource = z.object({
  group: z.string(),
  from: z.int(),
  from_revision: z.int(),
  to: z.int(),
  to_revision: z.int(),
  compatible: z.boolean(),
  changes: z.array(changeResource),
  impact: impactResource,
})
export type DiffResource = z.output<typeof diffResource>

const selectedFeature = z.object({ group: z.string(), version: z.int(), feature: z.string() })

const serviceVersionMembers = {
  version: z.int(),
  features: z.array(z.string()).describe('`group@version:feature`, in the order served.'),
  selection: z.array(selectedFeature),
  full_feature_names: z.boolean(),
}

export const serviceVersionResource = z.object({
  service: z.string(),
  ...serviceVersionMembers,
  created_at: instant,
  created_by: z.string(),
})
export type ServiceVersionResource = z.output<typeof serviceVersionResource>

export const serviceResource = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  purpose: z.string().nullable(),
  state: z.enum(['active', 'archived']),
  archival: archivalResource.nullable(),
  owner_team: z.string(),
  tags: z.array(z.string()),
  classification: classificationSchema.describe('The strictest among its features.'),
  ...serviceVersionMembers,
  entities: z.array(z.string()),
  versions: z.array(z.object({ version: z.int(), created_at: instant, created_by: z.string() })),
  sample: z.boolean(),
  created_at: instant,
  created_by: z.string(),
  updated_at: instant,
  etag: z.string(),
})
export type ServiceResource = z.output<typeof serviceResource>

export const entityResource = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  keys: z.array(column),
  domain: z.string().nullable(),
  owner_team: z.string(),
  groups: z.array(z.string()),
  sample: z.boolean(),
  created_at: instant,
  created_by: z.string(),
  updated_at: instant,
  etag: z.string(),
})
export type EntityResource = z.output<typeof entityResource>

export const sourceResource = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  kind: z.string(),
  config: z.record(z.string(), z.unknown()),
  freshness: duration,
  owner_team: z.string(),
  groups: z.array(z.string()),
  sample: z.boolean(),
  created_at: instant,
  created_by: z.string(),
  updated_at: instant,
  etag: z.string(),
})
export type SourceResource = z.output<typeof sourceResource>

export interface Page<T> {
  data: T[]
  meta: { next_cursor: string | null; total: number }
}
