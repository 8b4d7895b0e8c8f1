import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt } from '../columns'
import { people } from './identity'

/** Features that somebody has put aside to compare, in their order. */
export const basketFeatures = pgTable(
  'basket_features',
  {
    personId: text()
      .notNull()
      .references(() => people.id),
    /** `group:feature` or `group@2:feature`, as it was put in: what it means is asked when it is read. */
    feature: text().notNull(),
    position: integer().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.feature] })],
)
