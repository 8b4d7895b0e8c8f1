import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant, updatedAt } from '../columns'
import { teams } from './identity'

export interface KeyColumn {
  name: string
  type: string
}
export interface SourceConfig {
  kind: 'push' | 'file' | 'table' | 'bucket' | 'topic' | 'group'
  [option: string]: unknown
}
/** What happens to rows that break a term: the batch is refused, or it comes in and tells. */
export type Enforcement = 'strict' | 'warn'
export interface FeatureContract {
  /** A number, or the text of one that a double does not hold exactly. */
  min?: number | string
  max?: number | string
  allowed?: string[]
  pattern?: string
  nullable?: boolean
  max_null_share?: number
  unique?: boolean
  /** Absent: as the contract of the group says, else strict. */
  enforcement?: Enforcement
  /** Of single terms, by their names. */
  enforcement_by_term?: Record<string, Enforcement>
}
/** Rows in, rows expected. */
export interface TransformationTest {
  name: string
  description?: string | undefined
  inputs: Record<string, Record<string, unknown>[]>
  window?: { from: string; to: string } | undefined
  expect: Record<string, unknown>[]
  order: 'any'
  /** Share by which a float may differ. */
  tolerance?: number | undefined
}
export interface Transformation {
  sql: string
  inputs: string[]
  /** Cron expression in UTC, or an ISO 8601 duration. */
  schedule?: string | undefined
  on_new_data?: boolean | undefined
  /** ISO 8601: event times lie on this grid, counted from 1970. */
  interval?: string | undefined
  /** ISO 8601: how far before an event time its row may read. */
  lookback?: string | undefined
  tests?: TransformationTest[] | undefined
}
/** What may be done with values beyond reading them: only aggregates leave; never beside what names a person. */
export const permittedUses = ['aggregate_only', 'no_reidentification'] as const
export type CustomValues = Record<string, string | number | boolean>
/** One feature that a service selects, with the major version that was pinned when the service was saved. */
export interface ServiceFeature {
  group: string
  groupId: string
  version: number
  feature: string
}

export const environments = pgTable('environments', {
  name: text().primaryKey(),
  position: integer().notNull(),
})

export const entities = pgTable('entities', {
  id: id(),
  name: text().notNull().unique(),
  description: text().notNull().default(''),
  keys: jsonb().$type<KeyColumn[]>().notNull(),
  domain: text(),
  ownerTeamId: text()
    .notNull()
    .references(() => teams.id),
  sample: boolean().notNull().default(false),
  /** Rises with every edit; the ETag. */
  revision: integer().notNull().default(1),
  createdBy: text().notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const sources = pgTable('sources', {
  id: id(),
  name: text().notNull().unique(),
  description: text().notNull().default(''),
  kind: text().notNull(),
  config: jsonb().$type<Record<string, unknown>>().notNull(),
  freshnessSeconds: integer(),
  ownerTeamId: text()
    .notNull()
    .references(() => teams.id),
  sample: boolean().notNull().default(false),
  revision: integer().notNull().default(1),
  createdBy: text().notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const featureGroups = pgTable(
  'feature_groups',
  {
    id: id(),
    name: text().notNull().unique(),
    description: text().notNull().default(''),
    entityId: text().references(() => entities.id),
    ownerTeamId: text()
      .notNull()
      .references(() => teams.id),
    tags: text().array().notNull().default(sql`'{}'::text[]`),
    classification: text({ enum: ['public', 'internal', 'confidential', 'restricted'] }).notNull(),
    domain: text(),
    /** What it may be used for, and on which basis of GDPR article 6 it is held. */
    purposes: text().array().notNull().default(sql`'{}'::text[]`),
    lawfulBasis: text(),
    permittedUse: text({ enum: permittedUses }).array().notNull().default(sql`'{}'::text[]`),
    permittedUseNote: text(),
    /** Fields that the organisation defines, by name. */
    custom: jsonb().$type<CustomValues>().notNull().default({}),
    /** Expected interval between arrivals, for freshness; null: no promise. */
    cadenceSeconds: integer(),
    sample: boolean().notNull().default(false),
    /** What a person should know about made-up or shifted data, shown on the page. */
    note: text(),
    revision: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('feature_groups_owner').on(t.ownerTeamId), index('feature_groups_entity').on(t.entityId)],
)

/** `major` is the version that people name; `revision` counts its compatible changes on the same data. */
export const featureGroupVersions = pgTable(
  'feature_group_versions',
  {
    id: id(),
    groupId: text()
      .notNull()
      .references(() => featureGroups.id),
    major: integer().notNull(),
    revision: integer().notNull().default(1),
    state: text({ enum: ['draft', 'in_review', 'active', 'deprecated', 'archived'] }).notNull(),
    primaryKey: jsonb().$type<KeyColumn[]>().notNull(),
    timestampKey: text().notNull(),
    ttlSeconds: integer(),
    sourceDelaySeconds: integer().notNull().default(0),
    /** Rows further in the future than this are refused. */
    allowedSkewSeconds: integer().notNull().default(86_400),
    online: boolean().notNull(),
    source: jsonb().$type<SourceConfig>().notNull(),
    inputs: jsonb().$type<KeyColumn[]>().notNull().default([]),
    transformation: jsonb().$type<Transformation>(),
    deprecatedAt: instant(),
    deprecationReason: text(),
    /** `group` or `group@n` that takes its place. */
    replacement: text(),
    sunsetAt: instant(),
    /** While it is archived; what it was before is told by the other dates. */
    archivedAt: instant(),
    archiveReason: text(),
    /** Refused for good in review: it is archived and cannot be restored. */
    rejectedAt: instant(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    activatedAt: instant(),
    /** The last revision that changed the definition; later ones say only something else of the group. */
    definitionRevision: integer().notNull().default(1),
    /** Why its author made it, kept for its revision's record. */
    reason: text(),
    /** `major.revision` whose definition it brings back. */
    restoredFrom: text(),
  },
  (t) => [unique('feature_group_versions_major').on(t.groupId, t.major)],
)

export const features = pgTable(
  'features',
  {
    id: id(),
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id),
    /** Order of declaration, from 0: the order of the fragments in the online row. */
    position: integer().notNull(),
    name: text().notNull(),
    type: text().notNull(),
    description: text().notNull().default(''),
    /** SQL over the row for a derived feature. */
    expression: text(),
    contract: jsonb().$type<FeatureContract>(),
    classification: text({ enum: ['public', 'internal', 'confidential', 'restricted'] }),
    tags: text().array().notNull().default(sql`'{}'::text[]`),
    role: text({ enum: ['feature', 'label'] })
      .notNull()
      .default('feature'),
    /** ISO 8601 duration of a label. */
    horizon: text(),
    /** What holds for this feature beyond what holds for its group. */
    permittedUse: text({ enum: permittedUses }).array().notNull().default(sql`'{}'::text[]`),
  },
  (t) => [
    unique('features_name').on(t.versionId, t.name),
    index('features_position').on(t.versionId, t.position),
  ],
)

/** A version in an environment. `viewId` names it in the online store. */
export const versionEnvironments = pgTable(
  'version_environments',
  {
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id),
    environment: text()
      .notNull()
      .references(() => environments.name),
    state: text({ enum: ['registered', 'promoted'] }).notNull(),
    viewId: integer().notNull().generatedAlwaysAsIdentity(),
    /** The greatest `created` of any commit: each new one is stamped above it. */
    lastCreated: instant(),
    rowCount: bigint({ mode: 'number' }).notNull().default(0),
    newestEventTime: instant(),
    promotedAt: instant(),
    promotedBy: text(),
  },
  (t) => [
    primaryKey({ columns: [t.versionId, t.environment] }),
    uniqueIndex('version_environments_view').on(t.viewId),
  ],
)

export const featureServices = pgTable('feature_services', {
  id: id(),
  name: text().notNull().unique(),
  description: text().notNull().default(''),
  purpose: text(),
  ownerTeamId: text()
    .notNull()
    .references(() => teams.id),
  tags: text().array().notNull().default(sql`'{}'::text[]`),
  sample: boolean().notNull().default(false),
  archivedAt: instant(),
  archiveReason: text(),
  revision: integer().notNull().default(1),
  createdBy: text().notNull(),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
})

export const featureServiceVersions = pgTable(
  'feature_service_versions',
  {
    id: id(),
    serviceId: text()
      .notNull()
      .references(() => featureServices.id),
    version: integer().notNull(),
    features: jsonb().$type<ServiceFeature[]>().notNull(),
    fullFeatureNames: boolean().notNull().default(false),
    createdBy: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [unique('feature_service_versions_version').on(t.serviceId, t.version)],
)
