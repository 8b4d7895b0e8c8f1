import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import { db, type Executor, withTransaction } from '@/db/client'
import { catalogDocuments, notifications } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide, type ResourceFacts, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { assetResource, documentOfNotification, knownAsset } from './assets'
import { ownRows } from './list-notifications'
import { completeAllInput, type NotificationResource, reopenInput, snoozeInput } from './operations'
import { columnsAt, serialize } from './serialize'

/** One of the caller's notifications. Errors: `not_found`, the same for somebody else's and for a hidden asset's. */
export async function ownNotification(
  ctx: Context,
  id: string,
  executor: Executor = db(),
): Promise<NotificationResource> {
  const [row] = id.includes('\u0000')
    ? []
    : await executor
        .select(columnsAt(ctx.now()))
        .from(notifications)
        .leftJoin(catalogDocuments, documentOfNotification)
        .where(ownRows(ctx, eq(notifications.id, id)))
  if (!row) throw notFound(`Notification ${id}`)
  return serialize(row)
}

type Columns = Partial<Record<'readAt' | 'doneAt' | 'snoozedUntil' | 'acknowledgedAt', string | SQL | null>>

/** What somebody has read or put away is their own affair: it is kept, and not audited. */
async function change(
  ctx: Context,
  id: string,
  columns: Columns,
  refuse?: (now: NotificationResource) => void,
): Promise<NotificationResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const before = await ownNotification(ctx, id)
  refuse?.(before)
  await db()
    .update(notifications)
    .set(columns)
    .where(and(eq(notifications.id, id), eq(notifications.personId, ctx.actor.id)))
  return ownNotification(ctx, id)
}

const iso = (ctx: Context) => ctx.now().toISOString()

const firstRead = (ctx: Context) => sql`coalesce(${notifications.readAt}, ${iso(ctx)}::timestamptz)`

/** Marks one as read. Errors: `not_found`. */
export const readNotification = (ctx: Context, id: string) => change(ctx, id, { readAt: firstRead(ctx) })

/** Puts one away. Errors: `conflict` while it has to be acknowledged, `not_found`. */
export const completeNotification = (ctx: Context, id: string) =>
  change(ctx, id, { doneAt: iso(ctx), readAt: firstRead(ctx), snoozedUntil: null }, (now) => {
    if (now.needs_acknowledgement && now.acknowledged_at === null)
      throw new DomainError(
        'conflict',
        'It has to be acknowledged: somebody waits to know that it was understood.',
      )
  })

/** Opens one again, whether it was done or snoozed. Errors: `not_found`. */
export const reopenNotification = (ctx: Context, id: string) =>
  change(ctx, id, { doneAt: null, snoozedUntil: null })

/** Puts one away until an instant that is still to come. Errors: `invalid`, `not_found`. */
export async function snoozeNotification(ctx: Context, id: string, body: unknown) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { until } = parseInput(snoozeInput, body)
  if (Date.parse(until) <= ctx.now().getTime())
    throw invalidField('/until', 'lies in the past: a notification sleeps until an instant to come.', 'past')
  return change(ctx, id, { doneAt: null, snoozedUntil: until, readAt: firstRead(ctx) })
}

/**
 * Says that it was understood, audited, once and for all; it is put away. Errors: `conflict` for one that asks for
 * nothing, `not_found`.
 */
export async function acknowledgeNotification(ctx: Context, id: string): Promise<NotificationResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return withTransaction(async (tx) => {
    const found = await ownNotification(ctx, id, tx)
    if (!found.needs_acknowledgement)
      throw new DomainError('conflict', 'Nobody waits for an acknowledgement of it.')
    const now = iso(ctx)
    const changed = await tx
      .update(notifications)
      .set({ acknowledgedAt: now, readAt: firstRead(ctx), doneAt: now, snoozedUntil: null })
      .where(and(eq(notifications.id, id), isNull(notifications.acknowledgedAt)))
      .returning({ id: notifications.id })
    const resource = await resourceOf(tx, ctx, found.asset)
    if (changed.length > 0)
      await record(tx, ctx, {
        action: 'catalog:describe',
        resource,
        decision: decide(ctx, 'catalog:describe', resource),
        reason: `Acknowledged: ${found.title}`,
        after: { notification: id, kind: found.kind },
        environment: null,
      })
    return ownNotification(ctx, id, tx)
  })
}

/** What the audit log names: of a team's or the portal's notices the portal itself. */
async function resourceOf(
  executor: Executor,
  ctx: Context,
  asset: NotificationResource['asset'],
): Promise<ResourceFacts> {
  if (asset.kind === 'portal' || asset.kind === 'team') return systemResource
  return assetResource(await knownAsset(ctx, asset, executor))
}

const mostAtOnce = 1000

/** Puts away what is open and asks for nothing. Returns the ids, with which `reopenNotifications` undoes it. */
export async function completeAllNotifications(ctx: Context, body: unknown): Promise<{ ids: string[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { kinds } = parseInput(completeAllInput, body)
  const now = iso(ctx)
  const open = await db()
    .select({ id: notifications.id })
    .from(notifications)
    .leftJoin(catalogDocuments, documentOfNotification)
    .where(
      ownRows(
        ctx,
        isNull(notifications.doneAt),
        sql`(${notifications.snoozedUntil} is null or ${notifications.snoozedUntil} <= ${now}::timestamptz)`,
        sql`(not ${notifications.needsAcknowledgement} or ${notifications.acknowledgedAt} is not null)`,
        kinds ? inArray(notifications.kind, kinds) : undefined,
      ),
    )
    .limit(mostAtOnce)
  const ids = open.map(({ id }) => id)
  if (ids.length > 0)
    await db()
      .update(notifications)
      .set({ doneAt: now, readAt: firstRead(ctx) })
      .where(and(eq(notifications.personId, ctx.actor.id), inArray(notifications.id, ids)))
  return { ids }
}

/** Opens several again; ids that are not the caller's are left alone. */
export async function reopenNotifications(ctx: Context, body: unknown): Promise<{ ids: string[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { ids } = parseInput(reopenInput, body)
  const rows = await db()
    .update(notifications)
    .set({ doneAt: null, snoozedUntil: null })
    .where(and(eq(notifications.personId, ctx.actor.id), inArray(notifications.id, ids)))
    .returning({ id: notifications.id })
  return { ids: rows.map(({ id }) => id) }
}
