import { boolean, customType, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from '../columns'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/** One searchable line an asset: written by its own room in the asset's own transaction. */
export const catalogDocuments = pgTable(
  'catalog_documents',
  {
    kind: text({ enum: ['group', 'feature', 'service', 'entity', 'source', 'dataset'] }).notNull(),
    /** `group`, `group:feature`, or the name of a service, entity, source or training dataset. */
    name: text().notNull(),
    /** The last part: what people type. */
    shortName: text().notNull(),
    groupName: text(),
    groupId: text(),
    description: text().notNull(),
    /** Words split at `_`, case and digits, with tags and entity, for misspellings. */
    words: text().notNull(),
    entity: text(),
    team: text().notNull(),
    teamId: text().notNull(),
    tags: text().array().notNull(),
    dataType: text(),
    classification: text().notNull(),
    lifecycle: text().notNull(),
    sample: boolean().notNull().default(false),
    position: integer().notNull().default(0),
    updatedAt: instant().notNull(),
    search: tsvector().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.name] }),
    index('catalog_documents_search').using('gin', t.search),
    index('catalog_documents_words').using('gin', t.words.op('gin_trgm_ops')),
    index('catalog_documents_short').on(t.shortName.op('text_pattern_ops')),
    index('catalog_documents_group').on(t.groupId),
  ],
)
