import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id } from '../columns'
import { featureGroups } from './registry'

/** Somebody was about to write a feature anew and took one that is there. */
export const featureReuses = pgTable(
  'feature_reuses',
  {
    id: id(),
    groupId: text()
      .notNull()
      .references(() => featureGroups.id, { onDelete: 'cascade' }),
    feature: text().notNull(),
    /** What it was going to be called. */
    insteadOf: text().notNull(),
    by: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('feature_reuses_feature').on(t.groupId, t.feature)],
)
