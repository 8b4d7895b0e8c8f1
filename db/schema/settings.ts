import { integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns'

/** What an organisation has set; a setting without a row has its default. Nothing secret stands here. */
export const organisationSettings = pgTable('organisation_settings', {
  key: text().primaryKey(),
  /** Null: back to the default; the row stays, so that its revision goes on. */
  value: jsonb().$type<unknown>(),
  /** Rises with every change; the ETag. */
  revision: integer().notNull(),
  updatedBy: text(),
  updatedByName: text(),
  updatedAt: instant(),
})
