import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { id, instant } from '../columns'

/** What was asked of an asset when it was certified, and what was found. */
export interface CertifiedCriterion {
  name: 'owned' | 'described' | 'contracted' | 'reviewed' | 'no_open_breach'
  met: boolean
  detail: string
}

/** A reviewer's word that one version of an asset can be relied on, until a day. */
export const certifications = pgTable(
  'certifications',
  {
    id: id(),
    assetKind: text({ enum: ['group', 'feature', 'service'] }).notNull(),
    assetName: text().notNull(),
    /** The major version, or a service's: the next one is not certified with it. */
    version: integer().notNull(),
    reason: text().notNull(),
    criteria: jsonb().$type<CertifiedCriterion[]>().notNull(),
    certifiedById: text().notNull(),
    certifiedByName: text().notNull(),
    certifiedAt: instant().notNull(),
    expiresAt: instant().notNull(),
    revokedAt: instant(),
    revokedByName: text(),
    revokeReason: text(),
    /** When it was told that its day has passed. */
    lapseToldAt: instant(),
  },
  (t) => [
    index('certifications_asset').on(t.assetKind, t.assetName),
    uniqueIndex('certifications_standing')
      .on(t.assetKind, t.assetName, t.version)
      .where(sql`${t.revokedAt} is null`),
  ],
)
