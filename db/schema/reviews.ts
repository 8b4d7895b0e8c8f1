import { sql } from 'drizzle-orm'
import { index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'
import { featureGroups } from './registry'

/** Several versions that are submitted and decided as one. */
export const changeSets = pgTable(
  'change_sets',
  {
    id: id(),
    title: text().notNull(),
    reason: text(),
    state: text({ enum: ['in_review', 'approved', 'changes_requested', 'rejected', 'withdrawn'] }).notNull(),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    decidedBy: text(),
    decidedAt: instant(),
    decisionReason: text(),
    /** Rises with every decision; the ETag. */
    revision: integer().notNull().default(1),
  },
  (t) => [index('change_sets_state').on(t.state, t.createdAt)],
)

/**
 * The review of one change: from its first draft until it is approved or rejected. It goes on when the draft is
 * written anew, and ends when a compatible change becomes a revision and its number is free again.
 */
export const reviews = pgTable(
  'reviews',
  {
    id: id(),
    groupId: text()
      .notNull()
      .references(() => featureGroups.id, { onDelete: 'cascade' }),
    major: integer().notNull(),
    state: text({ enum: ['open', 'approved', 'rejected'] }).notNull(),
    /** Rises with every change of the definition and with every decision; the ETag. */
    revision: integer().notNull().default(1),
    /** As it was judged when it was submitted, and again before each approval. */
    risk: text({ enum: ['low', 'medium', 'high'] }),
    riskReasons: jsonb().$type<string[]>().notNull().default([]),
    approvalsNeeded: integer().notNull().default(1),
    approversFrom: text({ enum: ['anyone', 'another_team', 'reviewers'] })
      .notNull()
      .default('anyone'),
    submittedBy: text(),
    submittedAt: instant(),
    dueAt: instant(),
    remindedAt: instant(),
    escalatedAt: instant(),
    changeSetId: text().references(() => changeSets.id, { onDelete: 'set null' }),
    /** What the change was written against: `major.revision` of the version that stood. */
    base: text(),
    createdAt: createdAt(),
    closedAt: instant(),
  },
  (t) => [
    uniqueIndex('reviews_open').on(t.groupId, t.major).where(sql`${t.state} = 'open'`),
    index('reviews_version').on(t.groupId, t.major, t.createdAt),
    index('reviews_due').on(t.dueAt).where(sql`${t.state} = 'open'`),
    index('reviews_change_set').on(t.changeSetId),
  ],
)

/** Who had a hand in a change, by every id that stands for them: none of them approves it. */
export const reviewAuthors = pgTable(
  'review_authors',
  {
    reviewId: text()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    principalId: text().notNull(),
    hand: text({ enum: ['wrote', 'submitted', 'suggested', 'applied'] }).notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.principalId, t.hand] })],
)

/** What was decided, by whom; an approval that no longer counts says since when. */
export const reviewDecisions = pgTable(
  'review_decisions',
  {
    id: id(),
    reviewId: text()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    decision: text({ enum: ['submit', 'approve', 'request_changes', 'reject', 'withdraw'] }).notNull(),
    by: text().notNull(),
    byName: text().notNull(),
    /** Every id that stands for whoever decided: two approvals of one person are one. */
    standsFor: text().array().notNull(),
    reason: text(),
    at: instant().notNull(),
    /** Set when the definition changed after it. */
    voidedAt: instant(),
  },
  (t) => [index('review_decisions_review').on(t.reviewId, t.at)],
)

/** A conversation at one field of the change; an empty field is the whole of it. */
export const reviewThreads = pgTable(
  'review_threads',
  {
    id: id(),
    reviewId: text()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    field: text().notNull().default(''),
    createdBy: text().notNull(),
    createdAt: createdAt(),
    resolvedBy: text(),
    resolvedAt: instant(),
  },
  (t) => [index('review_threads_review').on(t.reviewId, t.createdAt)],
)

/** A value that somebody proposes for the field of the thread. */
export interface Suggestion {
  old: unknown
  new: unknown
  state: 'open' | 'applied' | 'declined'
  decided_by?: string
  decided_at?: string
}

export const reviewComments = pgTable(
  'review_comments',
  {
    id: id(),
    threadId: text()
      .notNull()
      .references(() => reviewThreads.id, { onDelete: 'cascade' }),
    createdBy: text().notNull(),
    /** Every id that stands for the author of a suggestion. */
    standsFor: text().array().notNull(),
    text: text().notNull(),
    suggestion: jsonb().$type<Suggestion>(),
    revision: integer().notNull().default(1),
    createdAt: createdAt(),
    editedAt: instant(),
  },
  (t) => [index('review_comments_thread').on(t.threadId, t.createdAt)],
)

/** The items of a set, as they were submitted. */
export const changeSetItems = pgTable(
  'change_set_items',
  {
    changeSetId: text()
      .notNull()
      .references(() => changeSets.id, { onDelete: 'cascade' }),
    reviewId: text()
      .notNull()
      .references(() => reviews.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.changeSetId, t.reviewId] }),
    index('change_set_items_review').on(t.reviewId),
  ],
)
