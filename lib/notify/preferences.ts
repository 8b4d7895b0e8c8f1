import { and, eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { notificationMutes, people } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { alwaysTold, type NoticeKind, noticeKinds } from './kinds'
import { type PreferenceResource, preferenceInput } from './operations'

/** Every kind of notice, and whether it reaches the caller. */
export async function listPreferences(ctx: Context): Promise<{ data: PreferenceResource[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const rows = await db()
    .select({ kind: notificationMutes.kind })
    .from(notificationMutes)
    .where(eq(notificationMutes.personId, ctx.actor.id))
  const off = new Set(rows.map(({ kind }) => kind))
  return {
    data: noticeKinds.map((kind) => {
      const mayTurnOff = !alwaysTold.includes(kind)
      return { kind, on: !mayTurnOff || !off.has(kind), may_turn_off: mayTurnOff }
    }),
  }
}

/** Turns a kind on or off for the caller. Errors: `invalid` for a kind that stays on, and for who has no inbox. */
export async function setPreference(ctx: Context, kind: NoticeKind, body: unknown) {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { on } = parseInput(preferenceInput, body)
  if (!on && alwaysTold.includes(kind))
    throw invalidField('/on', 'This kind stays on: without it, something would stop unannounced.', 'stays_on')
  await requireInbox(ctx)
  if (on) {
    await db()
      .delete(notificationMutes)
      .where(and(eq(notificationMutes.personId, ctx.actor.id), eq(notificationMutes.kind, kind)))
  } else {
    await db().insert(notificationMutes).values({ personId: ctx.actor.id, kind }).onConflictDoNothing()
  }
  return listPreferences(ctx)
}

/** People have inboxes; service accounts, which nobody reads, do not. */
export async function requireInbox(ctx: Context): Promise<void> {
  const [person] = await db().select({ id: people.id }).from(people).where(eq(people.id, ctx.actor.id))
  if (!person) throw invalidField('', 'A service account has no inbox and follows nothing.', 'no_inbox')
}
