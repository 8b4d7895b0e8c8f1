import { sql } from 'drizzle-orm'
import { boolean, index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, updatedAt } from '../columns'
import { people, teams } from './identity'

/** Ways to look at the catalogue that somebody keeps, for themselves, for a team or for everyone. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: id(),
    ownerId: text()
      .notNull()
      .references(() => people.id),
    name: text().notNull(),
    /** Parameters of the catalogue's address, each a list. */
    query: jsonb().$type<Record<string, string[]>>().notNull(),
    /** Shared with this team; when it goes, the view is its owner's alone. */
    teamId: text().references(() => teams.id, { onDelete: 'set null' }),
    everyone: boolean().notNull().default(false),
    /** Rises with every edit; the ETag. */
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex('saved_views_owner').on(t.ownerId, t.name),
    index('saved_views_team').on(t.teamId).where(sql`${t.teamId} is not null`),
    index('saved_views_everyone').on(t.name).where(sql`${t.everyone}`),
  ],
)
