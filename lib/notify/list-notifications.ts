import { and, desc, eq, inArray, isNotNull, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments, notifications } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { documentOfNotification, readable } from './assets'
import type { ListNotificationsQuery, NotificationCounts, NotificationPage } from './operations'
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

interface CountOfKind {
  kind: string
  total: number
  unread: number
}

/** How many rows of each kind pass, in one statement. */
const countsByKind = (condition: SQL | undefined): Promise<CountOfKind[]> =>
  db()
    .select({
      kind: notifications.kind,
      total: sql<number>`count(*)::int`,
      unread: sql<number>`(count(*) filter (where ${notifications.readAt} is null))::int`,
    })
    .from(notifications)
    .leftJoin(catalogDocuments, documentOfNotification)
    .where(condition)
    .groupBy(notifications.kind)
    .orderBy(notifications.kind)

const sum = (rows: CountOfKind[], member: 'total' | 'unread') =>
  rows.reduce((all, row) => all + row[member], 0)

const byKind = (rows: CountOfKind[]) => Object.fromEntries(rows.map(({ kind, total }) => [kind, total]))

/** One page of the caller's inbox, newest first. Errors: `forbidden`, `invalid` (cursor). */
export async function listNotifications(
  ctx: Context,
  query: ListNotificationsQuery,
): Promise<NotificationPage> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { kind: kinds, limit } = query
  const filter = ownRows(
    ctx,
    inState(ctx)[query.state],
    query.unread ? isNull(notifications.readAt) : undefined,
  )
  const ofKinds = kinds ? inArray(notifications.kind, kinds) : undefined
  const rows = await db()
    .select(columnsAt(ctx.now()))
    .from(notifications)
    .leftJoin(catalogDocuments, documentOfNotification)
    .where(and(filter, ofKinds, beforeCursor(query.cursor)))
    .orderBy(desc(notifications.id))
    .limit(limit + 1)
  const counts = await countsByKind(filter)
  const chosen = counts.filter(({ kind }) => !kinds || kinds.some((one) => one === kind))
  const shown = rows.slice(0, limit)
  return {
    data: shown.map(serialize),
    meta: {
      next_cursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
      total: sum(chosen, 'total'),
      unread: sum(chosen, 'unread'),
      kinds: byKind(counts),
    },
  }
}

/** What is open in the caller's inbox, in one statement over the index of open rows. */
export async function countNotifications(ctx: Context): Promise<NotificationCounts> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const rows = await countsByKind(ownRows(ctx, inState(ctx).open))
  return { open: sum(rows, 'total'), unread: sum(rows, 'unread'), kinds: byKind(rows) }
}
