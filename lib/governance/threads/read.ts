import { asc, eq, inArray } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { reviewComments, reviewThreads } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { isoInstant, namesOf } from '@/lib/registry'
import type { CommentResource, ThreadResource } from '../thread-operations'
import { findReviewPlace, mayKnowField, type ReviewPlace } from './place'

export type ThreadRow = typeof reviewThreads.$inferSelect
export type CommentRow = typeof reviewComments.$inferSelect

export const commentEtag = ({ revision }: Pick<CommentRow, 'revision'>) => `"${revision}"`

type NameOf = (id: string) => string

const suggestionOf = ({ suggestion }: CommentRow, nameOf: NameOf): CommentResource['suggestion'] =>
  suggestion && {
    old: suggestion.old,
    new: suggestion.new,
    state: suggestion.state,
    decided_by: suggestion.decided_by === undefined ? null : nameOf(suggestion.decided_by),
  }

const commentOf = (ctx: Context, row: CommentRow, nameOf: NameOf): CommentResource => ({
  id: row.id,
  author: nameOf(row.createdBy),
  mine: row.createdBy === ctx.actor.id,
  text: row.text,
  created_at: isoInstant(row.createdAt),
  edited_at: row.editedAt === null ? null : isoInstant(row.editedAt),
  suggestion: suggestionOf(row, nameOf),
  etag: commentEtag(row),
})

const resolvedOf = ({ resolvedBy, resolvedAt }: ThreadRow, nameOf: NameOf) =>
  resolvedBy === null || resolvedAt === null ? null : { by: nameOf(resolvedBy), at: isoInstant(resolvedAt) }

async function serialize(
  ctx: Context,
  threads: ThreadRow[],
  executor: Executor = db(),
): Promise<ThreadResource[]> {
  if (threads.length === 0) return []
  const ids = threads.map(({ id }) => id)
  const comments = await executor
    .select()
    .from(reviewComments)
    .where(inArray(reviewComments.threadId, ids))
    .orderBy(asc(reviewComments.createdAt), asc(reviewComments.id))
  const nameOf = await namesOf(
    [
      ...comments.flatMap(({ createdBy, suggestion }) => [createdBy, suggestion?.decided_by ?? createdBy]),
      ...threads.flatMap(({ resolvedBy }) => resolvedBy ?? []),
    ],
    executor,
  )
  return threads.map((thread) => ({
    id: thread.id,
    field: thread.field,
    created_at: isoInstant(thread.createdAt),
    resolved: resolvedOf(thread, nameOf),
    comments: comments
      .filter(({ threadId }) => threadId === thread.id)
      .map((row) => commentOf(ctx, row, nameOf)),
  }))
}

/** Those on a hidden feature are not there for who may not know of it. */
async function threadsAt(ctx: Context, place: ReviewPlace): Promise<ThreadResource[]> {
  const rows = await db()
    .select()
    .from(reviewThreads)
    .where(eq(reviewThreads.reviewId, place.review.id))
    .orderBy(asc(reviewThreads.createdAt), asc(reviewThreads.id))
  return serialize(
    ctx,
    rows.filter(({ field }) => mayKnowField(place, field)),
  )
}

/** What is said about a change; of a version that was never a draft, nothing. Errors: `not_found`, masked. */
export async function listThreads(
  ctx: Context,
  group: string,
  major: number,
): Promise<{ data: ThreadResource[] }> {
  const place = await findReviewPlace(ctx, group, major)
  return { data: place ? await threadsAt(ctx, place) : [] }
}

/** A thread of the review; one on a hidden feature is as if it were not there. */
export async function requireThread(place: ReviewPlace, id: string): Promise<ThreadRow> {
  const [row] = await db().select().from(reviewThreads).where(eq(reviewThreads.id, id))
  if (!row || row.reviewId !== place.review.id || !mayKnowField(place, row.field))
    throw notFound('The thread')
  return row
}

export async function requireComment(thread: ThreadRow, id: string): Promise<CommentRow> {
  const [row] = await db().select().from(reviewComments).where(eq(reviewComments.id, id))
  if (!row || row.threadId !== thread.id) throw notFound('The comment')
  return row
}

/** The thread as it stands now. */
export async function threadResourceOf(ctx: Context, id: string): Promise<ThreadResource> {
  const rows = await db().select().from(reviewThreads).where(eq(reviewThreads.id, id))
  const [thread] = await serialize(ctx, rows)
  if (!thread) throw notFound('The thread')
  return thread
}
