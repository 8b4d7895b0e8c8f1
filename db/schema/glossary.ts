import { index, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, updatedAt } from '../columns'
import { teams } from './identity'

/** Words of the business and what they mean; descriptions are linked to them. */
export const glossaryTerms = pgTable(
  'glossary_terms',
  {
    id: id(),
    /** As it is written. */
    name: text().notNull(),
    /** In lower case: by which it is found, and taken once. */
    key: text().notNull().unique(),
    meaning: text().notNull(),
    /** Other words for the same. */
    synonyms: text().array().notNull(),
    ownerTeamId: text()
      .notNull()
      .references(() => teams.id),
    /** Rises with every edit; the ETag. */
    revision: integer().notNull().default(1),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index('glossary_terms_owner').on(t.ownerTeamId)],
)
