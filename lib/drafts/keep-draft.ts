import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { drafts, people } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseJson, stringifyJson } from '@/lib/core/json'
import { parseInput } from '@/lib/core/parse-input'
import { isoInstant } from '@/lib/registry'
import {
  type DraftResource,
  draftDays,
  type KeptDraft,
  keepDraftInput,
  mostDraftBytes,
  mostDrafts,
} from './operations'

const oldestKept = (now: Date) => new Date(now.getTime() - draftDays * 86_400_000).toISOString()

/** A draft is what a person types: a key, which others may hold, neither reads nor writes one. Errors: `forbidden`. */
async function requirePerson(ctx: Context): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  if (ctx.actor.kind === 'user') return
  throw new DomainError('forbidden', 'Drafts are kept for people who are signed in, not for keys.')
}

const own = (ctx: Context, form: string) => and(eq(drafts.personId, ctx.actor.id), eq(drafts.form, form))

/** The caller's own draft of a form; one of others is none. Errors: `forbidden` for a key. */
export async function getDraft(ctx: Context, form: string): Promise<DraftResource> {
  await requirePerson(ctx)
  const [row] = await db().select().from(drafts).where(own(ctx, form))
  if (!row || Date.parse(row.savedAt) < Date.parse(oldestKept(ctx.now())))
    return { form, value: null, saved_at: null }
  return { form, value: parseJson(row.value), saved_at: isoInstant(row.savedAt) }
}

/**
 * Keeps what the caller has typed: their own affair, and not audited, as an audit log is read by others.
 * Errors: `forbidden` for a key, `invalid`, `too_large`.
 */
export async function keepDraft(ctx: Context, form: string, body: unknown): Promise<KeptDraft> {
  await requirePerson(ctx)
  const value = stringifyJson(parseInput(keepDraftInput, body).value)
  if (Buffer.byteLength(value) > mostDraftBytes)
    throw new DomainError('too_large', `A draft holds at most ${mostDraftBytes / 1024} kB.`)
  const savedAt = ctx.now().toISOString()
  await withTransaction(async (tx) => {
    // One writer of a person's drafts at a time, so that the limit holds.
    await tx.select({ id: people.id }).from(people).where(eq(people.id, ctx.actor.id)).for('update')
    await tx
      .insert(drafts)
      .values({ personId: ctx.actor.id, form, value, savedAt })
      .onConflictDoUpdate({ target: [drafts.personId, drafts.form], set: { value, savedAt } })
    const beyond = await tx
      .select({ form: drafts.form })
      .from(drafts)
      .where(eq(drafts.personId, ctx.actor.id))
      .orderBy(desc(drafts.savedAt), desc(drafts.form))
      .offset(mostDrafts)
    const forms = beyond.map((one) => one.form)
    if (forms.length > 0)
      await tx.delete(drafts).where(and(eq(drafts.personId, ctx.actor.id), inArray(drafts.form, forms)))
  })
  return { form, saved_at: isoInstant(savedAt) }
}

/** Forgets the caller's draft; none is forgotten too. Errors: `forbidden` for a key. */
export async function deleteDraft(ctx: Context, form: string): Promise<void> {
  await requirePerson(ctx)
  await db().delete(drafts).where(own(ctx, form))
}

/** What nobody came back to is forgotten. */
export async function deleteOldDrafts(now: Date): Promise<void> {
  await db()
    .delete(drafts)
    .where(lt(drafts.savedAt, oldestKept(now)))
}
