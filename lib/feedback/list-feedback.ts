import { and, desc, eq, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments, feedback } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { csvLine } from '@/lib/core/csv-line'
import { invalidField } from '@/lib/core/errors'
import type { FeedbackPage, FeedbackResource, ListFeedbackQuery } from './operations'
import { documentOfFeedback, requireFeedback, selectFeedback, serialize, shownTo } from './queries'

const mostLines = 10_000
const looksLikeId = /^[0-9a-f]{32}$/

function beforeCursor(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined
  if (!looksLikeId.test(cursor)) throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  return lt(feedback.id, cursor)
}

const under = (path: string): SQL | undefined =>
  path === '/'
    ? eq(feedback.path, path)
    : or(eq(feedback.path, path), sql`starts_with(${feedback.path}, ${`${path.replace(/\/$/, '')}/`})`)

const filterOf = (ctx: Context, { state, kind, path, mine }: ListFeedbackQuery): SQL | undefined =>
  and(
    shownTo(ctx),
    state === 'open' ? isNull(feedback.closedAt) : undefined,
    state === 'closed' ? isNotNull(feedback.closedAt) : undefined,
    kind ? eq(feedback.kind, kind) : undefined,
    path === undefined ? undefined : under(path),
    mine ? eq(feedback.authorId, ctx.actor.id) : undefined,
  )

const newest = async (ctx: Context, query: ListFeedbackQuery, limit: number): Promise<FeedbackResource[]> => {
  const rows = await selectFeedback()
    .where(and(filterOf(ctx, query), beforeCursor(query.cursor)))
    .orderBy(desc(feedback.id))
    .limit(limit)
  return rows.map((found) => serialize(ctx, found))
}

/** What was hard, newest first. Errors: `forbidden`, `invalid` (cursor). */
export async function listFeedback(ctx: Context, query: ListFeedbackQuery): Promise<FeedbackPage> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const found = await newest(ctx, query, query.limit + 1)
  const [counted] = await db()
    .select({ total: sql<number>`count(*)::int` })
    .from(feedback)
    .leftJoin(catalogDocuments, documentOfFeedback)
    .where(filterOf(ctx, query))
  const data = found.slice(0, query.limit)
  return {
    data,
    meta: {
      next_cursor: found.length > query.limit ? (data.at(-1)?.id ?? null) : null,
      total: counted?.total ?? 0,
      may_close: data.some(({ may_close }) => may_close),
    },
  }
}

/** Errors: `not_found`. */
export async function getFeedback(ctx: Context, id: string): Promise<FeedbackResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return serialize(ctx, await requireFeedback(ctx, id))
}

const columns = [
  'id',
  'created_at',
  'author',
  'kind',
  'said',
  'path',
  'form',
  'request_id',
  'asset',
  'owner_team',
  'state',
  'closed_at',
  'closed_by',
  'closed_reason',
] as const

/** The same list as CSV, the newest 10,000 of it, whatever page was asked for. */
export async function feedbackCsv(ctx: Context, query: ListFeedbackQuery): Promise<string> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const rows = await newest(ctx, { ...query, cursor: undefined }, mostLines)
  const lines = rows.map(({ asset, ...one }) => ({ ...one, asset: asset && `${asset.kind}/${asset.name}` }))
  return [csvLine(columns), ...lines.map((one) => csvLine(columns.map((name) => one[name])))].join('')
}
