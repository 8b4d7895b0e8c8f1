import { type AnyPgColumn, index, pgTable, text } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'

/** What people say about a thing, in threads of one level. */
export const comments = pgTable(
  'comments',
  {
    id: id(),
    /** `group`, `feature`, `service`, … of the catalogue, or what a higher room discusses. */
    subjectKind: text().notNull(),
    /** Its name, as its room names it. */
    subject: text().notNull(),
    /** The comment that opened the thread; null for that one. */
    threadId: text().references((): AnyPgColumn => comments.id),
    authorId: text().notNull(),
    authorName: text().notNull(),
    /** Empty once it was deleted. */
    body: text().notNull(),
    /** Ids of the people that it names. */
    mentions: text().array().notNull(),
    editedAt: instant(),
    deletedAt: instant(),
    /** Who took it away: its author, or who looks after the subject. */
    deletedBy: text(),
    /** Of a thread's first comment. */
    resolvedAt: instant(),
    resolvedBy: text(),
    createdAt: createdAt(),
  },
  (t) => [
    index('comments_subject').on(t.subjectKind, t.subject, t.id),
    index('comments_thread').on(t.threadId),
  ],
)
