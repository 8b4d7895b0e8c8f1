import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'
import { people } from './identity'

/** Something said on an asset's page, or to the whole portal, for a time. */
export const announcements = pgTable(
  'announcements',
  {
    id: id(),
    /** `portal` with an empty name, or an asset as the catalogue names it. */
    assetKind: text().notNull(),
    assetName: text().notNull(),
    title: text().notNull(),
    body: text().notNull(),
    tone: text({ enum: ['note', 'warn', 'fail'] }).notNull(),
    fromAt: instant().notNull(),
    /** Null: until it is withdrawn. */
    untilAt: instant(),
    createdBy: text().notNull(),
    createdByName: text().notNull(),
    withdrawnAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [index('announcements_asset').on(t.assetKind, t.assetName)],
)

/** Who has read it and does not want to see it again. */
export const announcementDismissals = pgTable(
  'announcement_dismissals',
  {
    personId: text()
      .notNull()
      .references(() => people.id),
    announcementId: text()
      .notNull()
      .references(() => announcements.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.announcementId] })],
)
