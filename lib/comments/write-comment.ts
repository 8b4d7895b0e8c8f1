import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { comments } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { assetResource, type KnownAsset, knownAsset } from '@/lib/notify'
import { addCommentInput, type CommentResource, editCommentInput, type ThreadResource } from './operations'
import { mentioned } from './people'
import { type CommentRow, etagOf, moderation, repliesOf, requireComment, serializer } from './queries'
import { tellMentioned, tellOthers } from './tell'

/** The log says who did what to which comment; what was written stands, and goes, with the comment. */
async function recordOn(
  tx: Transaction,
  ctx: Context,
  asset: KnownAsset,
  act: { reason: string; comment: string; by?: ReturnType<typeof moderation> },
) {
  const resource = assetResource(asset)
  await record(tx, ctx, {
    action: 'catalog:describe',
    resource,
    decision: act.by ?? decide(ctx, 'catalog:describe', resource),
    reason: act.reason,
    after: { comment: act.comment },
    environment: null,
  })
}

async function requireThread(tx: Transaction, ctx: Context, id: string, asset: KnownAsset) {
  const { row } = await requireComment(ctx, id, tx)
  if (row.threadId !== null || row.subject !== asset.name || row.subjectKind !== asset.kind)
    throw invalidField('/thread', 'is not a thread of this asset', 'unknown_thread')
}

const one = async (ctx: Context, asset: KnownAsset, row: CommentRow): Promise<CommentResource> =>
  (await serializer(ctx, asset, [row])).comment(row)

/** Comments on an asset or answers in a thread. Errors: `not_found`, `invalid` (thread, mentions). */
export async function addComment(ctx: Context, input: unknown): Promise<CommentResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { asset: named, thread, body, mentions } = parseInput(addCommentInput, input)
  const asset = await knownAsset(ctx, named)
  const people = await mentioned(ctx, { body, mentions }, assetResource(asset))
  const row = await withTransaction(async (tx) => {
    if (thread !== undefined) await requireThread(tx, ctx, thread, asset)
    const [made] = await tx
      .insert(comments)
      .values({
        id: newId(ctx.now().getTime()),
        subjectKind: asset.kind,
        subject: asset.name,
        threadId: thread ?? null,
        authorId: ctx.actor.id,
        authorName: ctx.actor.name,
        body,
        mentions: people.map(({ id }) => id),
        createdAt: ctx.now().toISOString(),
      })
      .returning()
    if (!made) throw new Error('A comment was not written.')
    await recordOn(tx, ctx, asset, { reason: thread ? 'Answered' : 'Commented', comment: made.id })
    await tellMentioned(tx, ctx, asset, made, people)
    await tellOthers(tx, ctx, asset, made)
    return made
  })
  return one(ctx, asset, row)
}

function requireThere(row: CommentRow) {
  if (row.deletedAt !== null) throw new DomainError('conflict', 'It was deleted already.')
}

async function lock(tx: Transaction, ctx: Context, id: string) {
  await tx.select({ id: comments.id }).from(comments).where(eq(comments.id, id)).for('update')
  return requireComment(ctx, id, tx)
}

const onlyAuthor = () =>
  new DomainError('forbidden', 'Only who wrote a comment changes it.', {
    decision: {
      action: 'catalog:describe',
      resource: 'comment',
      rule: 'Only who wrote a comment changes it.',
      missing: ['to be its author'],
      who_can_help: [],
    },
  })

/** Changes one's own comment; whoever is mentioned anew is told. Errors: `forbidden`, `conflict`, `invalid`, … */
export async function editComment(
  ctx: Context,
  id: string,
  input: unknown,
  ifMatch: string | null,
): Promise<CommentResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { body, mentions } = parseInput(editCommentInput, input)
  const { row: found, asset } = await requireComment(ctx, id)
  if (found.authorId !== ctx.actor.id) throw onlyAuthor()
  const people = await mentioned(ctx, { body, mentions }, assetResource(asset))
  const row = await withTransaction(async (tx) => {
    const { row: before } = await lock(tx, ctx, id)
    requireThere(before)
    requireMatch(ifMatch, etagOf(before))
    const [after] = await tx
      .update(comments)
      .set({ body, mentions: people.map((person) => person.id), editedAt: ctx.now().toISOString() })
      .where(eq(comments.id, id))
      .returning()
    if (!after) throw new Error('An update found no row.')
    await recordOn(tx, ctx, asset, { reason: 'Comment edited', comment: id })
    await tellMentioned(tx, ctx, asset, after, people)
    return after
  })
  return one(ctx, asset, row)
}

/** Takes the text away: one's own, or as who may change the asset anybody's. Errors: `forbidden`, `conflict`, … */
export async function deleteComment(ctx: Context, id: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { row: found, asset } = await requireComment(ctx, id)
  const moderates = moderation(ctx, asset)
  const isOwn = found.authorId === ctx.actor.id
  if (!isOwn && !moderates.allowed) throw onlyAuthor()
  await withTransaction(async (tx) => {
    const { row } = await lock(tx, ctx, id)
    requireThere(row)
    requireMatch(ifMatch, etagOf(row))
    await tx
      .update(comments)
      .set({ body: '', mentions: [], deletedAt: ctx.now().toISOString(), deletedBy: ctx.actor.id })
      .where(eq(comments.id, id))
    await recordOn(tx, ctx, asset, {
      reason: isOwn ? 'Comment deleted' : `Comment of ${row.authorName} deleted`,
      comment: id,
      ...(isOwn ? {} : { by: moderates }),
    })
  })
}

async function settle(ctx: Context, id: string, isResolved: boolean): Promise<ThreadResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { row: found, asset } = await requireComment(ctx, id)
  if (found.threadId !== null) throw new DomainError('conflict', 'An answer is settled with its thread.')
  if (found.authorId !== ctx.actor.id && !moderation(ctx, asset).allowed) throw onlyAuthor()
  const row = await withTransaction(async (tx) => {
    const [after] = await tx
      .update(comments)
      .set({
        resolvedAt: isResolved ? ctx.now().toISOString() : null,
        resolvedBy: isResolved ? ctx.actor.name : null,
      })
      .where(eq(comments.id, id))
      .returning()
    if (!after) throw new Error('An update found no row.')
    await recordOn(tx, ctx, asset, {
      reason: isResolved ? 'Thread settled' : 'Thread opened again',
      comment: id,
    })
    return after
  })
  const replies = await repliesOf([id])
  return (await serializer(ctx, asset, [row, ...replies])).thread(row, replies)
}

/** Says that a thread is settled. Errors: `forbidden`, `not_found`, `conflict` for an answer. */
export const resolveThread = (ctx: Context, id: string) => settle(ctx, id, true)

/** Opens it again. Errors: as `resolveThread`. */
export const reopenThread = (ctx: Context, id: string) => settle(ctx, id, false)
