import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns'
import { commits } from './data'

/** Rows of a small commit that are in no file yet: until they are, this is all there is of them. */
export const unfiledCommits = pgTable(
  'unfiled_commits',
  {
    commitId: text()
      .primaryKey()
      .references(() => commits.id),
    versionId: text().notNull(),
    environment: text().notNull(),
    created: instant().notNull(),
    /** Where the file will be, below ALMANAC_HOME. */
    path: text().notNull(),
    rows: integer().notNull(),
    /** As the version's columns were when the rows came. */
    schema: jsonb().notNull(),
    /** Lines of a staged file. */
    lines: text().notNull(),
  },
  (t) => [index('unfiled_commits_version').on(t.versionId, t.environment)],
)
