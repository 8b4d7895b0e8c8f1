import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant, updatedAt } from '../columns'
import { teams } from './identity'

const classification = () => text({ enum: ['public', 'internal', 'confidential', 'restricted'] })

/** A named line of training datasets; what can be read stands in its versions. */
export const trainingDatasets = pgTable(
  'training_datasets',
  {
    id: id(),
    name: text().notNull().unique(),
    description: text().notNull().default(''),
    ownerTeamId: text()
      .notNull()
      .references(() => teams.id),
    /** The strictest that any version ever held. */
    classification: classification().notNull(),
    sample: boolean().notNull().default(false),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('training_datasets_owner').on(t.ownerTeamId)],
)

/**
 * One immutable result of a point-in-time join. `spec`, `parts` and `knownAt` never change and give the same rows
 * again; only files come and go. The shapes of the JSON columns are lib/datasets' own.
 */
export const trainingDatasetVersions = pgTable(
  'training_dataset_versions',
  {
    id: id(),
    datasetId: text()
      .notNull()
      .references(() => trainingDatasets.id),
    version: integer().notNull(),
    environment: text().notNull(),
    /** `building` together with an ended job means that the build failed or was cancelled. */
    state: text({ enum: ['building', 'ready', 'deleted'] }).notNull(),
    classification: classification().notNull(),
    knownAt: instant().notNull(),
    /** What was asked for. */
    spec: jsonb().$type<Record<string, unknown>>().notNull(),
    /** What it was resolved to: the exact version of every group. */
    parts: jsonb().$type<Record<string, unknown>[]>().notNull(),
    /** The build, or the re-creation that is under way. */
    jobId: text(),
    rows: bigint({ mode: 'number' }),
    leftOut: bigint({ mode: 'number' }),
    contentHash: text(),
    columns: jsonb().$type<Record<string, unknown>[]>(),
    files: jsonb().$type<Record<string, unknown>[]>().notNull().default([]),
    certificate: jsonb().$type<Record<string, unknown>>(),
    verification: jsonb().$type<Record<string, unknown>>(),
    /** Rises with every change of the files; the ETag. */
    revision: integer().notNull().default(1),
    filesDeletedAt: instant(),
    filesDeletedBy: text(),
    filesDeletedReason: text(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    finishedAt: instant(),
  },
  (t) => [
    unique('training_dataset_versions_number').on(t.datasetId, t.version),
    index('training_dataset_versions_job').on(t.jobId),
  ],
)

/** A file of keys and times that somebody sent ahead of a read or a dataset. Swept when it has expired. */
export const spineUploads = pgTable(
  'spine_uploads',
  {
    id: id(),
    /** Below ALMANAC_HOME. */
    path: text().notNull(),
    format: text({ enum: ['parquet', 'csv', 'ndjson'] }).notNull(),
    name: text().notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [uniqueIndex('spine_uploads_path').on(t.path), index('spine_uploads_expires').on(t.expiresAt)],
)
