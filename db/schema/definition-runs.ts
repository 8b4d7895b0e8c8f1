import { customType, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt } from '../columns'
import { jobs } from './data'

/** Compressed: files hold what neither text nor jsonb does, and are megabytes. */
const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

/** A plan or an application of many files: what its job reads and leaves behind. */
export const definitionRuns = pgTable('definition_runs', {
  jobId: text()
    .primaryKey()
    .references(() => jobs.id),
  act: text({ enum: ['plan', 'apply'] }).notNull(),
  /** The files and what was asked with them; null once nothing more is done with them. */
  input: bytes(),
  /** In the transaction of what was applied. */
  outcome: bytes(),
  /** Why nothing was done. */
  problem: bytes(),
  createdBy: text().notNull(),
  createdAt: createdAt(),
})
