import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'

/** Compared by bytes, so that a key means the same under every collation. */
const textC = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' })

/** Event times, both inclusive, RFC 3339; `from` null: from the first on. */
export interface OnlineSpan {
  from: string | null
  to: string
}

/** One atomic arrival of rows in a group. Its row is the commit: files without one are never read. */
export const commits = pgTable(
  'commits',
  {
    id: id(),
    versionId: text().notNull(),
    environment: text().notNull(),
    kind: text({ enum: ['ingest', 'tombstones', 'transformation', 'replay', 'revert'] }).notNull(),
    /** Stamped under the group's lock, greater than the one before. */
    created: instant().notNull(),
    rows: bigint({ mode: 'number' }).notNull(),
    tombstones: bigint({ mode: 'number' }).notNull().default(0),
    rejected: bigint({ mode: 'number' }).notNull().default(0),
    quarantined: bigint({ mode: 'number' }).notNull().default(0),
    superseded: bigint({ mode: 'number' }).notNull().default(0),
    minEventTime: instant(),
    maxEventTime: instant(),
    onlineState: text({ enum: ['done', 'pending', 'offline_only', 'not_online'] }).notNull(),
    actorKind: text().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    via: text().notNull(),
    /** The revert that hides it now; a revert that was itself taken back names the commit that did. */
    revertedBy: text(),
    /** Of a revert: the commit that it hides, or the revert that it takes back. */
    reverts: text(),
    /** Why it was reverted, in the words of who did it. */
    reason: text(),
    /**
     * Of a run that computed a window again: rows of these event times (later than, up to and including) from earlier
     * runs do not count from its `created` on, while it is in force.
     */
    replacesAfter: instant(),
    replacesUntil: instant(),
    /** Of a commit that waits to be materialized: of which event times its rows may be online already. */
    onlineSpans: jsonb().$type<OnlineSpan[]>(),
  },
  (t) => [
    unique('commits_created').on(t.versionId, t.environment, t.created),
    index('commits_version').on(t.versionId, t.environment, t.created.desc().nullsFirst()),
    index('commits_reverts').on(t.versionId, t.environment).where(sql`${t.kind} = 'revert'`),
    index('commits_replaces').on(t.versionId, t.environment).where(sql`${t.replacesUntil} is not null`),
    index('commits_waiting')
      .on(t.versionId, t.environment, t.created)
      .where(sql`${t.onlineState} in ('pending', 'offline_only')`),
  ],
)

export const commitFiles = pgTable(
  'commit_files',
  {
    commitId: text()
      .notNull()
      .references(() => commits.id),
    /** Below ALMANAC_HOME. */
    path: text().notNull(),
    rows: bigint({ mode: 'number' }).notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    sha256: text().notNull(),
    minEventTime: instant(),
    maxEventTime: instant(),
    /** The merged file that holds these rows since `mergedAt`; then only reads that began before open this one. */
    mergedInto: text(),
    mergedAt: instant(),
    removedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.commitId, t.path] }),
    index('commit_files_open').on(t.commitId).where(sql`${t.mergedInto} is null`),
    index('commit_files_merged')
      .on(t.mergedAt)
      .where(sql`${t.mergedInto} is not null and ${t.removedAt} is null`),
  ],
)

/** One file with the rows of several neighbouring commits, reverted ones too; each row says which. */
export const mergedFiles = pgTable(
  'merged_files',
  {
    id: id(),
    versionId: text().notNull(),
    environment: text().notNull(),
    /** Below ALMANAC_HOME. */
    path: text().notNull(),
    /** `created` of the first and the last commit whose rows it holds. */
    firstCreated: instant().notNull(),
    lastCreated: instant().notNull(),
    commits: integer().notNull(),
    rows: bigint({ mode: 'number' }).notNull(),
    bytes: bigint({ mode: 'number' }).notNull(),
    sha256: text().notNull(),
    minEventTime: instant(),
    maxEventTime: instant(),
    createdAt: createdAt(),
    mergedInto: text(),
    mergedAt: instant(),
    removedAt: instant(),
  },
  (t) => [index('merged_files_version').on(t.versionId, t.environment, t.lastCreated)],
)

/** Latest values per key: the values' JSON in declared order, divided by U+001F, written once at ingestion. */
export const onlineRows = pgTable(
  'online_rows',
  {
    entityKey: textC().notNull(),
    viewId: integer().notNull(),
    eventTime: instant().notNull(),
    created: instant().notNull(),
    deleted: boolean().notNull().default(false),
    v: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.entityKey, t.viewId] })],
)

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** SHA-256 over principal, method, path, query and key. */
    scope: text().primaryKey(),
    bodyHash: text().notNull(),
    state: text({ enum: ['in_progress', 'done'] }).notNull(),
    status: integer(),
    headers: jsonb().$type<Record<string, string>>(),
    body: text(),
    commitId: text(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
  },
  (t) => [index('idempotency_keys_expires').on(t.expiresAt)],
)

/** Bad rows kept with what was wrong, to be corrected and replayed. */
export const quarantinedRows = pgTable(
  'quarantined_rows',
  {
    id: id(),
    versionId: text().notNull(),
    environment: text().notNull(),
    commitId: text(),
    rowNumber: bigint({ mode: 'number' }).notNull(),
    row: jsonb().$type<Record<string, unknown>>().notNull(),
    errors: jsonb().$type<unknown[]>().notNull(),
    state: text({ enum: ['held', 'replayed', 'discarded'] })
      .notNull()
      .default('held'),
    /** The commit that it came in with; while that one is reverted the row is held again. */
    replayedBy: text(),
    /** As it was put in, where it was corrected for that. */
    replayedRow: jsonb().$type<Record<string, unknown>>(),
    /** Who gave it up, when and why; null again when it is taken back. */
    discarded: jsonb().$type<{ reason: string; by: string; at: string }>(),
    createdAt: createdAt(),
  },
  (t) => [
    index('quarantined_rows_version').on(t.versionId, t.environment, t.state),
    index('quarantined_rows_replayed').on(t.replayedBy).where(sql`${t.replayedBy} is not null`),
  ],
)

/** Long work: who asked for it, how far it is, what came of it. lib/queue writes it, lib/jobs runs it. */
export const jobs = pgTable(
  'jobs',
  {
    id: id(),
    kind: text().notNull(),
    /** One line for people; null for the portal's own work, which no list shows. */
    title: text(),
    state: text({ enum: ['queued', 'running', 'succeeded', 'failed', 'cancelled'] }).notNull(),
    input: jsonb().$type<Record<string, unknown>>().notNull(),
    resourceKind: text(),
    resourceName: text(),
    environment: text(),
    /** At most one unfinished job has this name. */
    once: text(),
    runAfter: instant(),
    attempts: integer().notNull().default(0),
    /** Said again each few seconds by the process that runs it; one that falls silent has ended. */
    heartbeatAt: instant(),
    cancelRequestedAt: instant(),
    /** What a resumed run goes on from. */
    checkpoint: jsonb().$type<Record<string, unknown>>(),
    progress: jsonb().$type<{ done: number; total: number | null; message: string }>(),
    result: jsonb().$type<Record<string, unknown>>(),
    error: text(),
    createdBy: text().notNull(),
    /** The key that asked, so that the job has its limits; null for a person. */
    createdByKey: text(),
    createdAt: createdAt(),
    startedAt: instant(),
    finishedAt: instant(),
  },
  (t) => [
    index('jobs_state').on(t.state, t.createdAt),
    index('jobs_resource').on(t.resourceKind, t.resourceName),
    uniqueIndex('jobs_once').on(t.once).where(sql`${t.state} in ('queued', 'running')`),
  ],
)

export const jobLog = pgTable(
  'job_log',
  {
    jobId: text()
      .notNull()
      .references(() => jobs.id),
    line: integer().notNull(),
    at: instant().notNull(),
    text: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.line] })],
)

/** Statistics of one column over one window; see lib/monitoring. Window bounds null: the whole history. */
export const profiles = pgTable(
  'profiles',
  {
    id: id(),
    versionId: text().notNull(),
    environment: text().notNull(),
    feature: text().notNull(),
    side: text({ enum: ['offline', 'online', 'dataset'] }).notNull(),
    windowStart: instant(),
    windowEnd: instant(),
    referenceId: text(),
    /** `created` of the newest commit that the numbers include. */
    asOf: instant().notNull(),
    rows: bigint({ mode: 'number' }).notNull(),
    statistics: jsonb().$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('profiles_window')
      .on(t.versionId, t.environment, t.feature, t.side, t.windowStart, t.windowEnd)
      .nullsNotDistinct(),
  ],
)

/** Who reads, writes or derives what: written by the acts themselves. */
export const edges = pgTable(
  'edges',
  {
    id: id(),
    fromKind: text().notNull(),
    fromName: text().notNull(),
    toKind: text().notNull(),
    toName: text().notNull(),
    relation: text().notNull(),
    author: text().notNull(),
    validFrom: instant().notNull().default(sql`now()`),
    validTo: instant(),
  },
  (t) => [
    unique('edges_open')
      .on(t.fromKind, t.fromName, t.toKind, t.toName, t.relation, t.validTo)
      .nullsNotDistinct(),
    index('edges_to').on(t.toKind, t.toName),
  ],
)

/** What is read in one request, while counts of it wait in usage_pending. */
export const usageSets = pgTable('usage_sets', {
  /** SHA-256 of the targets, hex. */
  id: text().primaryKey(),
  targets: jsonb()
    .$type<{ groupName: string; version: number; feature: string; environment: string }[]>()
    .notNull(),
  /** Rows of usage_minutes that one count of it becomes. */
  lines: integer().notNull(),
})

/** Much reading, a row a reader and what it reads, until it is made rows a feature of usage_minutes. */
export const usagePending = pgTable(
  'usage_pending',
  {
    minute: instant().notNull(),
    consumerKind: text().notNull(),
    consumerId: text().notNull(),
    side: text({ enum: ['online', 'offline'] }).notNull(),
    setId: text()
      .notNull()
      .references(() => usageSets.id),
    reads: bigint({ mode: 'number' }).notNull(),
    cells: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.minute, t.consumerKind, t.consumerId, t.side, t.setId] }),
    index('usage_pending_set').on(t.setId),
  ],
)

/** Reads counted per consumer, group, feature and minute; from real reads only. */
export const usageMinutes = pgTable(
  'usage_minutes',
  {
    minute: instant().notNull(),
    consumerKind: text().notNull(),
    consumerId: text().notNull(),
    groupName: text().notNull(),
    version: integer().notNull(),
    feature: text().notNull(),
    environment: text().notNull(),
    side: text({ enum: ['online', 'offline'] }).notNull(),
    reads: bigint({ mode: 'number' }).notNull(),
    cells: bigint({ mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({
      columns: [
        t.minute,
        t.consumerKind,
        t.consumerId,
        t.groupName,
        t.version,
        t.feature,
        t.environment,
        t.side,
      ],
    }),
    index('usage_minutes_group').on(t.groupName, t.feature, t.minute),
  ],
)

export const settings = pgTable('settings', {
  name: text().primaryKey(),
  value: jsonb().notNull(),
  updatedAt: instant().notNull().default(sql`now()`),
})
