import { bigint, index, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns'
import { environments, featureGroupVersions } from './registry'

/** How far the data of each input go that a transformation has looked at; RFC 3339, by the input's name. */
export type InputPositions = Record<string, string>

/** How far a version's transformation has come in an environment. Apart from its rows: a window may hold none. */
export const transformationStates = pgTable(
  'transformation_states',
  {
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id, { onDelete: 'cascade' }),
    environment: text()
      .notNull()
      .references(() => environments.name),
    /** Every event time up to here has been computed; null before the first run. */
    watermark: instant(),
    /** Instants of the schedule up to here have been served. */
    scheduledThrough: instant(),
    /** Data that a run has taken in. */
    handled: jsonb().$type<InputPositions>().notNull().default({}),
    /** Data that a run was started for, whatever came of it. */
    attempted: jsonb().$type<InputPositions>().notNull().default({}),
    /** In whose name the scheduler runs it; null: the author of the version. */
    runAs: text(),
    /** Why the scheduler does not run it. */
    refusal: text(),
    refusedAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.versionId, t.environment] })],
)

/** A part of event time that a run computed, or failed at: later than `fromAt`, up to and including `toAt`. */
export const transformationIntervals = pgTable(
  'transformation_intervals',
  {
    id: id(),
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id, { onDelete: 'cascade' }),
    environment: text().notNull(),
    fromAt: instant().notNull(),
    toAt: instant().notNull(),
    state: text({ enum: ['computed', 'failed'] }).notNull(),
    jobId: text().notNull(),
    /** Null when the window held no row. */
    commitId: text(),
    rows: bigint({ mode: 'number' }).notNull(),
    at: instant().notNull(),
  },
  (t) => [
    index('transformation_intervals_version').on(t.versionId, t.environment, t.toAt),
    index('transformation_intervals_job').on(t.jobId),
  ],
)

/** A file of a source as it was seen last, and the event times that it holds where the source tells its time column. */
export const sourceFiles = pgTable(
  'source_files',
  {
    source: text().notNull(),
    path: text().notNull(),
    /** Size and time of change. */
    stamp: text().notNull(),
    minEventTime: instant(),
    maxEventTime: instant(),
    /** When it was first seen as it is: later than that of every file seen before. */
    noticedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.path] }),
    index('source_files_noticed').on(t.source, t.noticedAt),
  ],
)
