import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, updatedAt } from '../columns'
import { teams } from './identity'

/** Business areas by which entities and groups are browsed; they refer to one by its name, which stays. */
export const domains = pgTable('domains', {
  id: id(),
  name: text().notNull().unique(),
  description: text().notNull().default(''),
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
