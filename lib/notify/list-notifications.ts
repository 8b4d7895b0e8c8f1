import { and, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments, notifications } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { documentOfNotification, readable } from './assets'
import type { ListNotificationsQuery, NotificationCounts, NotificationResource } from './operations'
import { columnsAt, serialize } from './serialize'

const inState = (ctx: Context): Record<ListNotificationsQuery['state'], SQL | undefined> => {
  const now = sql`${ctx.now().toISOString()}::timestamptz`
  const awake = or(isNull(notifications.snoozedUntil), sql`${notifications.snoozedUntil} <= ${now}`)
  return {
    open: and(isNull(notifications.doneAt), awake),
    snoozed: and(isNull(notifications.doneAt), sql`${notifications.snoozedUntil} > ${now}`),
    done: isNotNull(notifications.doneAt),
  }
}

/** The caller's own rows that they may still read. */
export const ownRows = (ctx: Context, ...conditions: (SQL | undefined)[]) =>
  and(eq(notifications.personId, ctx.actor.id), readable(ctx), ...conditions)

const looksLikeId = /^[0-9a-f]{32}$/

function beforeCursor(cursor: string | undefined): SQL | undefined {
  if (cursor === undefined) return undefined
  if (!looksLikeId.test(cursor)) throw invalidField('/cursor', 'is not a cursor of this list', 'cursor')
  return lt(notifications.id, cursor)
}

/** One page of the caller's inbox, newest first. Errors: `forbidden`, `invalid` (cursor). */
export async function listNotifications(
  ctx: Context,
  query: ListNotificationsQuery,
): Promise<{
  data: NotificationResource[]
  meta: { next_cursor: string | null; total: number; unread: number }
}> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const filter = ownRows(
    ctx,
    inState(ctx)[query.state],
    query.kind ? inArray(notifications.kind, query.kind) : undefined,
    query.unread ? isNull(notifications.readAt) : undefined,
  )
  const rows = await db()
    .select(columnsAt(ctx.now()))
    .from(notifications)
    .leftJoin(catalogDocuments, documentOfNotification)
    .where(and(filter, beforeCursor(query.cursor)))
    .orderBy(desc(notifications.id))
    .limit(query.limit + 1)
  const [counted] = await db()
    .select({
      total: sql<number>`count(*)::int`,
      unread: sql<number>`(count(*) filter (where ${notifications.readAt} is null))::int`,
    })
    .from(notifications)
    .leftJoin(catalogDocuments, documentOfNotification)
    .where(filter)
  const shown = rows.slice(0, query.limit)
  return {
    data: shown.map(serialize),
    meta: {
      next_cursor: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null,
      total: counted?.total ?? 0,
      unread: counted?.unread ?? 0,
    },
  }
}

/** What is open in the caller's inbox, in one statement over the index of open rows. */
export async function countNotifications(ctx: Context): Promise<NotificationCounts> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const rows = await db()
    .select({
      kind: notifications.kind,
      open: sql<number>`count(*)::int`,
      unread: sql<number>`(count(*) filter (where ${notifications.readAt} is null))::int`,
    })
    .from(notifications)
    .leftJoin(catalogDocuments, documentOfNotification)
    .where(ownRows(ctx, inState(ctx).open))
    .groupBy(notifications.kind)
    .orderBy(notifications.kind)
  const sum = (member: 'open' | 'unread') => rows.reduce((total, row) => total + row[member], 0)
  return {
    open: sum('open'),
    unread: sum('unread'),
    kinds: Object.fromEntries(rows.map(({ kind, open }) => [kind, open])),
  }
}
