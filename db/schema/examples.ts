import { boolean, index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'

/** Requests that show how an asset is read; each day it is looked at whether they still work. */
export const assetExamples = pgTable(
  'asset_examples',
  {
    id: id(),
    assetKind: text({ enum: ['group', 'feature', 'service'] }).notNull(),
    assetName: text().notNull(),
    title: text().notNull(),
    reads: text({ enum: ['online', 'historical'] }).notNull(),
    environment: text().notNull(),
    request: jsonb().$type<Record<string, unknown>>().notNull(),
    createdById: text().notNull(),
    createdByName: text().notNull(),
    createdAt: createdAt(),
    /** Of the last look; null before the first. */
    ranAt: instant(),
    worked: boolean(),
    /** Why it did not. */
    failure: text(),
    tookMs: integer(),
  },
  (t) => [index('asset_examples_asset').on(t.assetKind, t.assetName)],
)
