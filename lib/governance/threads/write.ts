import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { reviewComments, reviewThreads, type Suggestion } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { type Decision, decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { authorsOf, groupFactsOf, standsFor, valueUnderReview } from '@/lib/registry'
import { addCommentInput, editCommentInput, openThreadInput, type ThreadResource } from '../thread-operations'
import { mayKnowField, type ReviewPlace, reviewPlace } from './place'
import { commentEtag, requireComment, requireThread, type ThreadRow, threadResourceOf } from './read'
import { tellCommented } from './tell'

interface At {
  group: string
  major: number
  thread: string
}

/** Whoever may know of the group may speak about a change of it. */
async function speaking(ctx: Context, { group, major }: { group: string; major: number }) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const place = await reviewPlace(ctx, group, major)
  const decision = await authorize(ctx, 'catalog:describe', await groupFactsOf(ctx, group))
  return { place, decision }
}

const recordSpeech = (
  tx: Transaction,
  ctx: Context,
  { place, decision, reason }: { place: ReviewPlace; decision: Decision; reason: string },
) =>
  record(tx, ctx, {
    action: 'catalog:describe',
    resource: { kind: 'group', name: `${place.group}@${place.major}` },
    decision,
    reason,
    environment: null,
  })

const fieldWords = (field: string) => (field === '' ? 'the change' : field)

interface Saying {
  text: string
  suggestion?: { value?: unknown } | undefined
}

/** A suggestion names what it was made on, so that it is not applied to something else. */
async function suggestionOf(
  place: ReviewPlace,
  field: string,
  { suggestion }: Saying,
): Promise<Suggestion | null> {
  if (!suggestion) return null
  const old = await valueUnderReview(place.group, place.major, field)
  const value = suggestion.value ?? null
  if (JSON.stringify(old) === JSON.stringify(value))
    throw invalidField('/suggestion/value', 'is what stands there already')
  return { old, new: value, state: 'open' }
}

interface Said {
  place: ReviewPlace
  thread: ThreadRow
  text: string
  suggestion: Suggestion | null
}

async function say(tx: Transaction, ctx: Context, { place, thread, text, suggestion }: Said): Promise<void> {
  const at = ctx.now()
  await tx.insert(reviewComments).values({
    id: newId(at.getTime()),
    threadId: thread.id,
    createdBy: ctx.actor.id,
    standsFor: await standsFor(ctx.actor, tx),
    text,
    suggestion,
    createdAt: at.toISOString(),
  })
  await tellCommented(tx, ctx, { place, thread, text })
}

/** Opens a thread at a field of a change, or at the whole. Errors: `not_found`, `invalid`, `conflict`. */
export async function openThread(
  ctx: Context,
  group: string,
  major: number,
  body: unknown,
): Promise<ThreadResource> {
  const { place, decision } = await speaking(ctx, { group, major })
  const input = parseInput(openThreadInput, body)
  if (!mayKnowField(place, input.field))
    throw invalidField('/field', `\`${input.field}\` is no line of this change.`, 'field')
  const suggestion = await suggestionOf(place, input.field, input)
  const id = await withTransaction(async (tx) => {
    const at = ctx.now()
    const [thread] = await tx
      .insert(reviewThreads)
      .values({
        id: newId(at.getTime()),
        reviewId: place.review.id,
        field: input.field,
        createdBy: ctx.actor.id,
        createdAt: at.toISOString(),
      })
      .returning()
    if (!thread) throw new Error('An insert returned no row.')
    await say(tx, ctx, { place, thread, text: input.text, suggestion })
    await recordSpeech(tx, ctx, { place, decision, reason: `Commented on ${fieldWords(input.field)}.` })
    return thread.id
  })
  return threadResourceOf(ctx, id)
}

/** Replies in a thread, which is open again. Errors: as openThread. */
export async function addComment(
  ctx: Context,
  { group, major, thread: id }: At,
  body: unknown,
): Promise<ThreadResource> {
  const { place, decision } = await speaking(ctx, { group, major })
  const input = parseInput(addCommentInput, body)
  const thread = await requireThread(place, id)
  const suggestion = await suggestionOf(place, thread.field, input)
  await withTransaction(async (tx) => {
    await say(tx, ctx, { place, thread, text: input.text, suggestion })
    await tx
      .update(reviewThreads)
      .set({ resolvedBy: null, resolvedAt: null })
      .where(eq(reviewThreads.id, thread.id))
    await recordSpeech(tx, ctx, { place, decision, reason: `Replied on ${fieldWords(thread.field)}.` })
  })
  return threadResourceOf(ctx, thread.id)
}

/** Changes the text of one's own comment. Errors: `forbidden` for another's, `precondition_failed`. */
export async function editComment(
  ctx: Context,
  { group, major, thread: id, comment: commentId }: At & { comment: string },
  body: unknown,
  ifMatch: string | null,
): Promise<ThreadResource> {
  const { place, decision } = await speaking(ctx, { group, major })
  const { text } = parseInput(editCommentInput, body)
  const thread = await requireThread(place, id)
  await requireComment(thread, commentId)
  await withTransaction(async (tx) => {
    const [comment] = await tx
      .select()
      .from(reviewComments)
      .where(eq(reviewComments.id, commentId))
      .for('update')
    if (comment?.createdBy !== ctx.actor.id)
      throw new DomainError('forbidden', 'A comment is changed by who wrote it. Reply to it instead.')
    requireMatch(ifMatch, commentEtag(comment))
    await tx
      .update(reviewComments)
      .set({ text, revision: comment.revision + 1, editedAt: ctx.now().toISOString() })
      .where(eq(reviewComments.id, commentId))
    await tellCommented(tx, ctx, { place, thread, text, before: comment.text })
    await recordSpeech(tx, ctx, {
      place,
      decision,
      reason: `Edited a comment on ${fieldWords(thread.field)}.`,
    })
  })
  return threadResourceOf(ctx, thread.id)
}

/** Settled by who opened it, who had a hand in the change, its owners and its reviewers. */
async function requireResolver(ctx: Context, place: ReviewPlace, thread: ThreadRow): Promise<void> {
  const facts = await groupFactsOf(ctx, place.group)
  const other = { ...facts, authorId: thread.createdBy }
  if (thread.createdBy === ctx.actor.id || decide(ctx, 'group:update', facts).allowed) return
  if (decide(ctx, 'version:approve', other).allowed) return
  if ((await authorsOf(place.review)).includes(ctx.actor.id)) return
  throw new DomainError(
    'forbidden',
    'A thread is settled by who opened it, by the owners of the group, or by a reviewer.',
  )
}

/** Says that a thread is settled, or that it is not after all. Errors: `forbidden`, `not_found`. */
export async function settleThread(
  ctx: Context,
  { group, major, thread: id }: At,
  isResolved: boolean,
): Promise<ThreadResource> {
  const { place, decision } = await speaking(ctx, { group, major })
  const thread = await requireThread(place, id)
  await requireResolver(ctx, place, thread)
  await withTransaction(async (tx) => {
    await tx
      .update(reviewThreads)
      .set(
        isResolved
          ? { resolvedBy: ctx.actor.id, resolvedAt: ctx.now().toISOString() }
          : { resolvedBy: null, resolvedAt: null },
      )
      .where(eq(reviewThreads.id, thread.id))
    const what = isResolved ? 'Resolved' : 'Reopened'
    await recordSpeech(tx, ctx, {
      place,
      decision,
      reason: `${what} a thread on ${fieldWords(thread.field)}.`,
    })
  })
  return threadResourceOf(ctx, thread.id)
}
