import { sql } from 'drizzle-orm'
import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'

/** What somebody said was hard, and what became of it: one list, whoever tells and wherever. */
export const feedback = pgTable(
  'feedback',
  {
    id: id(),
    kind: text({ enum: ['form', 'error', 'documentation'] }).notNull(),
    said: text().notNull(),
    /** The address without its query: what was typed into a form is nowhere in it. */
    path: text().notNull(),
    /** What the form's button says. */
    form: text(),
    /** Of the answer that failed. */
    requestId: text(),
    /** What the path names, where its author may know of that; as the catalogue names it. */
    assetKind: text(),
    assetName: text(),
    authorId: text().notNull(),
    authorName: text().notNull(),
    closedAt: instant(),
    closedBy: text(),
    closedReason: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index('feedback_author').on(t.authorId, t.id),
    index('feedback_asset').on(t.assetKind, t.assetName, t.id).where(sql`${t.assetName} is not null`),
    index('feedback_open').on(t.id).where(sql`${t.closedAt} is null`),
  ],
)
