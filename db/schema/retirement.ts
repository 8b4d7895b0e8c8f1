import { index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'
import { featureGroupVersions } from './registry'

/** Who may read a version past its sunset, and until when. One that was withdrawn stands for the record. */
export const deprecationGraces = pgTable(
  'deprecation_graces',
  {
    id: id(),
    versionId: text()
      .notNull()
      .references(() => featureGroupVersions.id, { onDelete: 'cascade' }),
    consumerKind: text({ enum: ['all', 'key', 'person'] }).notNull(),
    /** The key's or the person's; empty for all. */
    consumerId: text().notNull(),
    consumerName: text().notNull(),
    until: instant().notNull(),
    reason: text().notNull(),
    grantedBy: text().notNull(),
    createdAt: createdAt(),
    withdrawnAt: instant(),
    withdrawnBy: text(),
    withdrawReason: text(),
  },
  (t) => [index('deprecation_graces_version').on(t.versionId)],
)

/** Owners are asked what is to become of what nobody reads. */
export const campaigns = pgTable('campaigns', {
  id: id(),
  title: text().notNull(),
  body: text().notNull(),
  deadline: instant().notNull(),
  createdBy: text().notNull(),
  createdAt: createdAt(),
  /** The last time that those who have not answered were reminded. */
  remindedAt: instant(),
  closedAt: instant(),
  closedBy: text(),
})

export const campaignItems = pgTable(
  'campaign_items',
  {
    id: id(),
    campaignId: text()
      .notNull()
      .references(() => campaigns.id),
    kind: text({ enum: ['group', 'service'] }).notNull(),
    name: text().notNull(),
    /** Of a group; 0 of a service. */
    version: integer().notNull(),
    /** Whose answer is asked for; a team may leave before it gives one. */
    teamId: text().notNull(),
    /** Why it was chosen, as the figures were then. */
    because: text().notNull(),
    answer: text({ enum: ['keep', 'deprecate', 'archive'] }),
    answerReason: text(),
    answeredBy: text(),
    answeredAt: instant(),
    /** Why what was answered could not be done. */
    failure: text(),
  },
  (t) => [
    index('campaign_items_campaign').on(t.campaignId),
    uniqueIndex('campaign_items_asset').on(t.campaignId, t.kind, t.name, t.version),
  ],
)
