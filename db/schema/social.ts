import { sql } from 'drizzle-orm'
import { boolean, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'
import { people } from './identity'

/** What somebody is told, one row a person: their inbox. */
export const notifications = pgTable(
  'notifications',
  {
    id: id(),
    personId: text()
      .notNull()
      .references(() => people.id),
    kind: text().notNull(),
    /** The asset as the catalogue names it: whoever may not know of it any more does not see the row. */
    assetKind: text().notNull(),
    assetName: text().notNull(),
    title: text().notNull(),
    body: text().notNull().default(''),
    /** A path in the portal. */
    href: text().notNull(),
    actorId: text().notNull(),
    actorName: text().notNull(),
    /** Who handed it on; null when it came by itself. */
    assignedBy: text(),
    needsAcknowledgement: boolean().notNull().default(false),
    acknowledgedAt: instant(),
    /** A person gets one row of this name. */
    once: text(),
    readAt: instant(),
    doneAt: instant(),
    snoozedUntil: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex('notifications_once').on(t.personId, t.once).where(sql`${t.once} is not null`),
    index('notifications_person').on(t.personId, t.id),
    index('notifications_open').on(t.personId, t.id).where(sql`${t.doneAt} is null`),
    index('notifications_told').on(t.once).where(sql`${t.once} is not null`),
  ],
)

/** A kind of notice that somebody has turned off. */
export const notificationMutes = pgTable(
  'notification_mutes',
  {
    personId: text()
      .notNull()
      .references(() => people.id),
    kind: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.kind] })],
)

/** Who follows an asset. The members of its owner team follow it without a row; `muted` is their no. */
export const follows = pgTable(
  'follows',
  {
    personId: text()
      .notNull()
      .references(() => people.id),
    assetKind: text().notNull(),
    assetName: text().notNull(),
    muted: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.assetKind, t.assetName] }),
    index('follows_asset').on(t.assetKind, t.assetName),
  ],
)
