import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { reviewComments, reviewThreads, type Suggestion } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { checkTested } from '@/lib/ingestion'
import { notify } from '@/lib/notify'
import { applyEdit, groupFactsOf } from '@/lib/registry'
import { reviewPath } from '../review-path'
import { reasonInput, type ThreadResource } from '../thread-operations'
import { type ReviewPlace, reviewPlace } from './place'
import { type CommentRow, requireComment, requireThread, type ThreadRow, threadResourceOf } from './read'
import { renameAnchors } from './rename-anchors'

interface At {
  group: string
  major: number
  thread: string
  comment: string
}

async function openSuggestion(tx: Transaction, id: string): Promise<Suggestion> {
  const [row] = await tx.select().from(reviewComments).where(eq(reviewComments.id, id)).for('update')
  const suggestion = row?.suggestion
  if (!suggestion) throw new DomainError('conflict', 'The comment suggests nothing.')
  if (suggestion.state !== 'open')
    throw new DomainError('conflict', `The suggestion was ${suggestion.state} already.`)
  return suggestion
}

const settle = (
  tx: Transaction,
  ctx: Context,
  comment: CommentRow,
  suggestion: Suggestion,
  state: 'applied' | 'declined',
) =>
  tx
    .update(reviewComments)
    .set({
      suggestion: {
        ...suggestion,
        state,
        decided_by: ctx.actor.id,
        decided_at: ctx.now().toISOString(),
      },
    })
    .where(eq(reviewComments.id, comment.id))

const tellSuggester = (
  tx: Transaction,
  ctx: Context,
  { place, thread, comment }: Found,
  what: 'applied' | 'declined',
) =>
  notify(tx, ctx, {
    kind: 'comment',
    to: { people: [comment.createdBy] },
    asset: { kind: 'group', name: place.group },
    title: `${ctx.actor.name} ${what} what you suggested for ${place.group}@${place.major}`,
    href: `${reviewPath(place.group, place.major)}#thread-${thread.id}`,
  })

interface Found {
  place: ReviewPlace
  thread: ThreadRow
  comment: CommentRow
}

async function find(ctx: Context, at: At): Promise<Found> {
  const place = await reviewPlace(ctx, at.group, at.major)
  const thread = await requireThread(place, at.thread)
  return { place, thread, comment: await requireComment(thread, at.comment) }
}

/**
 * Puts a suggested value into the change and resolves its thread. Approvals that were given are void; who suggested
 * and who applied it are authors from now on. Errors: `forbidden`, `not_found`, `conflict`, `invalid`.
 */
export async function applySuggestion(ctx: Context, at: At): Promise<ThreadResource> {
  await authorizeAtAll(ctx, 'group:update')
  const found = await find(ctx, at)
  const { thread, comment } = found
  if (!comment.suggestion) throw new DomainError('conflict', 'The comment suggests nothing.')
  const { old, new: value } = comment.suggestion
  await applyEdit(ctx, at.group, at.major, {
    edit: { field: thread.field, old, new: value },
    suggestedBy: comment.standsFor,
    // A field may name what not everybody who reads the reasons may know of.
    reason: 'Applied a suggestion.',
    check: checkTested(ctx),
    within: async (tx, review) => {
      await settle(tx, ctx, comment, await openSuggestion(tx, comment.id), 'applied')
      await tx
        .update(reviewThreads)
        .set({ resolvedBy: ctx.actor.id, resolvedAt: ctx.now().toISOString() })
        .where(eq(reviewThreads.id, thread.id))
      await renameAnchors(tx, review.id, thread.field, value)
      await tellSuggester(tx, ctx, found, 'applied')
    },
  })
  return threadResourceOf(ctx, thread.id)
}

/** Leaves a suggestion aside: by who could apply it, or by who made it. Errors: as applySuggestion. */
export async function declineSuggestion(ctx: Context, at: At, body: unknown): Promise<ThreadResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { reason } = parseInput(reasonInput, body ?? {})
  const found = await find(ctx, at)
  const { place, thread, comment } = found
  const facts = await groupFactsOf(ctx, at.group)
  const isOwn = comment.createdBy === ctx.actor.id
  const decision = isOwn
    ? decide(ctx, 'catalog:describe', facts)
    : await authorize(ctx, 'group:update', facts)
  await withTransaction(async (tx) => {
    await settle(tx, ctx, comment, await openSuggestion(tx, comment.id), 'declined')
    await tellSuggester(tx, ctx, found, 'declined')
    await record(tx, ctx, {
      action: isOwn ? 'catalog:describe' : 'group:update',
      resource: { kind: 'group', name: `${place.group}@${place.major}` },
      decision,
      reason: `Declined a suggestion${reason === undefined ? '.' : `: ${reason}`}`,
      after: { field: thread.field },
      environment: null,
    })
  })
  return threadResourceOf(ctx, thread.id)
}
