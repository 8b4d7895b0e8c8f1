import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { createdAt } from '../columns'

/** The long text about an asset, in Markdown: each change is a row, the last one holds. An empty body took it away. */
export const documentationRevisions = pgTable(
  'documentation_revisions',
  {
    assetKind: text({ enum: ['group', 'feature', 'service', 'dataset', 'entity', 'source'] }).notNull(),
    assetName: text().notNull(),
    /** From 1; the ETag. */
    revision: integer().notNull(),
    body: text().notNull(),
    authorId: text().notNull(),
    authorName: text().notNull(),
    reason: text(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.assetKind, t.assetName, t.revision] })],
)
