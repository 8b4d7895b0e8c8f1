import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns'
import { people } from './identity'

/** What somebody has typed into a form and not sent, for all their machines. Nobody else reads it. */
export const drafts = pgTable(
  'drafts',
  {
    personId: text()
      .notNull()
      .references(() => people.id, { onDelete: 'cascade' }),
    /** The form, and what it changes. */
    form: text().notNull(),
    /** JSON, as it came: nothing looks into it. */
    value: text().notNull(),
    savedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.form] }), index('drafts_saved').on(t.savedAt)],
)
