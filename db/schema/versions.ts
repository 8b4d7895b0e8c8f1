import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'

/**
 * Each revision of a version as it once stood, from when it took force: rows are only ever added. No reference leads
 * from here, so that what is said of a group's past outlives the group.
 */
export const versionRevisions = pgTable(
  'version_revisions',
  {
    versionId: text().notNull(),
    revision: integer().notNull(),
    groupId: text().notNull(),
    major: integer().notNull(),
    /** The whole definition: a VersionDefinition of lib/registry. */
    definition: jsonb().notNull(),
    /** What was said of its group then: texts, tags, class, owner. */
    stated: jsonb().$type<Record<string, unknown>>().notNull(),
    /** `major.revision` of the one that it followed; null for the first that is recorded. */
    previous: text(),
    /** Against the previous one. */
    changes: jsonb().$type<{ field: string; old: unknown; new: unknown; class: string }[]>().notNull(),
    authorId: text().notNull(),
    authoredAt: instant().notNull(),
    submittedBy: text(),
    submittedAt: instant(),
    approvedBy: text(),
    approvedAt: instant(),
    /** The author's. */
    reason: text(),
    /** The approver's. */
    approvalReason: text(),
    /** `major.revision` whose definition this one brings back. */
    restoredFrom: text(),
    /** Written by the migration that brought this table: of what was before it only the last state is known. */
    backfilled: boolean().notNull().default(false),
    /** When it took force. */
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.versionId, t.revision] }),
    index('version_revisions_group').on(t.groupId, t.major, t.revision),
  ],
)

/** Which version an environment came to serve, by whom and why: rows are only ever added. */
export const promotions = pgTable(
  'promotions',
  {
    id: id(),
    groupId: text().notNull(),
    environment: text().notNull(),
    versionId: text().notNull(),
    major: integer().notNull(),
    revision: integer().notNull(),
    kind: text({ enum: ['promoted', 'rolled_back'] }).notNull(),
    /** What it took the place of: where a rollback leads. */
    previousVersionId: text(),
    previousMajor: integer(),
    by: text().notNull(),
    reason: text(),
    /** Names of checks that did not pass and were accepted knowingly. */
    accepted: text().array().notNull().default(sql`'{}'::text[]`),
    at: instant().notNull(),
  },
  (t) => [index('promotions_group').on(t.groupId, t.environment, t.at)],
)

/** The last result of a check of a definition: it holds for exactly that definition. */
export const versionChecks = pgTable(
  'version_checks',
  {
    versionId: text().notNull(),
    kind: text({ enum: ['transformation_tests'] }).notNull(),
    /** SHA-256 over what was checked. */
    definitionHash: text().notNull(),
    passed: boolean().notNull(),
    outcomes: jsonb().notNull(),
    by: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.kind, t.definitionHash] })],
)
