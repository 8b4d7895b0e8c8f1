import { and, asc, desc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { comments, people } from '@/db/schema'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField, notFound } from '@/lib/core/errors'
import { assetResource, changing, type KnownAsset, knownAsset } from '@/lib/notify'
import type { CommentedAsset, CommentResource, ThreadResource } from './operations'

export type CommentRow = typeof comments.$inferSelect

/** Rises with each edit. */
export const etagOf = ({ editedAt, createdAt }: CommentRow): string =>
  `"${Date.parse(editedAt ?? createdAt)}"`

/** Who may change the asset keeps order in what is said about it. */
export const moderation = (ctx: Context, asset: KnownAsset) =>
  decide(ctx, changing[asset.kind], assetResource(asset))

export interface Found {
  row: CommentRow
  asset: KnownAsset
}

const kinds: CommentedAsset['kind'][] = ['group', 'feature', 'service', 'dataset', 'entity', 'source']

/** A comment on an asset that the caller may know of. Errors: `not_found`. */
export async function requireComment(ctx: Context, id: string, executor: Executor = db()): Promise<Found> {
  const [row] = id.includes('\u0000') ? [] : await executor.select().from(comments).where(eq(comments.id, id))
  const kind = kinds.find((one) => one === row?.subjectKind)
  if (!row || !kind) throw notFound(`Comment ${id}`)
  try {
    return { row, asset: await knownAsset(ctx, { kind, name: row.subject }, executor) }
  } catch {
    throw notFound(`Comment ${id}`)
  }
}

const looksLikeId = /^[0-9a-f]{32}$/

/** Deleted threads without an answer are gone; others keep their place. */
const shown = or(
  isNull(comments.deletedAt),
  sql`exists (select 1 from comments reply where reply.thread_id = ${comments.id} and reply.deleted_at is null)`,
)

/** A page of threads, newest first, with all their answers. */
export async function selectThreads(
  { kind, name }: CommentedAsset,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) {
  if (cursor !== undefined && !looksLikeId.test(cursor))
    throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  const filter = and(
    eq(comments.subjectKind, kind),
    eq(comments.subject, name),
    isNull(comments.threadId),
    shown,
  )
  const roots = await db()
    .select()
    .from(comments)
    .where(and(filter, cursor ? lt(comments.id, cursor) : undefined))
    .orderBy(desc(comments.id))
    .limit(limit + 1)
  const [counted] = await db()
    .select({
      total: sql<number>`count(*)::int`,
      unresolved: sql<number>`(count(*) filter (where ${comments.resolvedAt} is null))::int`,
    })
    .from(comments)
    .where(filter)
  return {
    roots: roots.slice(0, limit),
    hasMore: roots.length > limit,
    replies: await repliesOf(roots.slice(0, limit).map(({ id }) => id)),
    total: counted?.total ?? 0,
    unresolved: counted?.unresolved ?? 0,
  }
}

export async function repliesOf(threadIds: string[], executor: Executor = db()): Promise<CommentRow[]> {
  if (threadIds.length === 0) return []
  return executor
    .select()
    .from(comments)
    .where(and(inArray(comments.threadId, threadIds), isNull(comments.deletedAt)))
    .orderBy(asc(comments.id))
}

async function namesOf(ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db()
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, ids))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const iso = (text: string) => new Date(text).toISOString()
const isoOrNull = (text: string | null) => (text === null ? null : iso(text))

/** Rows as their reader sees them. */
export async function serializer(ctx: Context, asset: KnownAsset, rows: readonly CommentRow[]) {
  const names = await namesOf([...new Set(rows.flatMap(({ mentions }) => mentions))])
  const moderates = moderation(ctx, asset).allowed
  const comment = (row: CommentRow): CommentResource => {
    const isOwn = row.authorId === ctx.actor.id
    const isThere = row.deletedAt === null
    return {
      id: row.id,
      author: { id: row.authorId, name: row.authorName },
      body: row.body,
      mentions: row.mentions.flatMap((id) => {
        const name = names.get(id)
        return name === undefined ? [] : [{ id, name }]
      }),
      created_at: iso(row.createdAt),
      edited_at: isoOrNull(row.editedAt),
      deleted: isThere ? null : row.deletedBy === row.authorId ? 'by_author' : 'by_owner',
      may: { edit: isThere && isOwn, delete: isThere && (isOwn || moderates) },
      etag: etagOf(row),
    }
  }
  const thread = (row: CommentRow, replies: readonly CommentRow[]): ThreadResource => ({
    ...comment(row),
    replies: replies.filter((reply) => reply.threadId === row.id).map(comment),
    resolved_at: isoOrNull(row.resolvedAt),
    resolved_by: row.resolvedBy,
    may_resolve: row.authorId === ctx.actor.id || moderates,
  })
  return { comment, thread }
}
