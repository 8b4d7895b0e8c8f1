import { sql } from 'drizzle-orm'
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
    domain: text(),
    team: text().notNull(),
    teamId: text().notNull(),
    tags: text().array().notNull(),
    dataType: text(),
    classification: text().notNull(),
    lifecycle: text().notNull(),
    sample: boolean().notNull().default(false),
    position: integer().notNull().default(0),
    /** Who read it in the last 30 days, counted once an hour: of two that fit alike, the more read one comes first. */
    readers: integer().notNull().default(0),
    updatedAt: instant().notNull(),
    search: tsvector().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.kind, t.name] }),
    index('catalog_documents_search').using('gin', t.search),
    index('catalog_documents_words').using('gin', t.words.op('gin_trgm_ops')),
    // Names are compared by their letters and digits, whatever divides their words.
    index('catalog_documents_squashed_short').using(
      'btree',
      sql`translate(${t.shortName}, '_', '') text_pattern_ops`,
    ),
    index('catalog_documents_squashed_name').using(
      'btree',
      sql`translate(${t.name}, '_:', '') text_pattern_ops`,
    ),
    index('catalog_documents_short').on(t.shortName),
    index('catalog_documents_group').on(t.groupId),
    index('catalog_documents_group_name').on(t.groupName),
    index('catalog_documents_team').on(t.team),
    index('catalog_documents_entity').on(t.entity),
    index('catalog_documents_tags').using('gin', t.tags),
    // The orders of a list without a query; it is read from its beginning, not sorted.
    index('catalog_documents_browse').using(
      'btree',
      sql`(${t.lifecycle} in ('deprecated', 'archived'))`,
      sql`array_position(array['group','feature','service','entity','source','dataset'], ${t.kind})`,
      t.groupName,
      t.position,
      t.name,
    ),
    index('catalog_documents_by_name').on(t.name, t.kind),
    index('catalog_documents_updated').on(t.updatedAt, t.name, t.kind),
    index('catalog_documents_archived').on(t.name).where(sql`${t.lifecycle} = 'archived'`),
  ],
)

/** Every word that the catalogue has or had: what a misspelled one may have meant. */
export const catalogWords = pgTable('catalog_words', { word: text().primaryKey() }, (t) => [
  index('catalog_words_trigrams').using('gin', t.word.op('gin_trgm_ops')),
  index('catalog_words_beginning').on(t.word.op('text_pattern_ops')),
])
