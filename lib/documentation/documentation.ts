import { and, count, desc, eq, like, lt, or, sql } from 'drizzle-orm'
import { db, type Executor, type Transaction, withTransaction } from '@/db/client'
import { assetExamples, documentationRevisions } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import {
  assetResource,
  authorizeChange,
  changing,
  type KnownAsset,
  knownAsset,
  mayChange,
} from '@/lib/notify'
import {
  changeDocumentationInput,
  type DocumentationHistory,
  type DocumentationResource,
  type DocumentedAsset,
  type ListDocumentationQuery,
} from './operations'

type Row = typeof documentationRevisions.$inferSelect

const of = ({ kind, name }: DocumentedAsset) =>
  and(eq(documentationRevisions.assetKind, kind), eq(documentationRevisions.assetName, name))

async function latest(asset: DocumentedAsset, executor: Executor = db()): Promise<Row | null> {
  const [row] = await executor
    .select()
    .from(documentationRevisions)
    .where(of(asset))
    .orderBy(desc(documentationRevisions.revision))
    .limit(1)
  return row ?? null
}

const etagOf = (row: Row | null) => `"${row?.revision ?? 0}"`
const iso = (text: string) => new Date(text).toISOString()

async function serialize(ctx: Context, asset: KnownAsset, row: Row | null): Promise<DocumentationResource> {
  const { allowed, rule, whoCanHelp } = await mayChange(ctx, asset)
  return {
    asset: { kind: asset.kind, name: asset.name },
    text: row?.body ?? '',
    revision: row?.revision ?? 0,
    changed_by: row?.authorName ?? null,
    changed_at: row && iso(row.createdAt),
    change: { allowed, rule, who_can_help: whoCanHelp },
    etag: etagOf(row),
  }
}

/** The documentation of an asset, empty when there is none. Errors: `not_found`, the same for a hidden asset. */
export async function getDocumentation(ctx: Context, asset: DocumentedAsset): Promise<DocumentationResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const known = await knownAsset(ctx, asset)
  return serialize(ctx, known, await latest(known))
}

/**
 * Writes the documentation of an asset anew; the text before stays among its revisions.
 * Errors: `precondition_required`, `precondition_failed`, `forbidden`, `not_found`, `invalid`.
 */
export async function changeDocumentation(
  ctx: Context,
  asset: DocumentedAsset,
  body: unknown,
  ifMatch: string | null,
): Promise<DocumentationResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { text, reason } = parseInput(changeDocumentationInput, body)
  const known = await knownAsset(ctx, asset)
  const resource = assetResource(known)
  const action = changing[known.kind]
  const decision = await authorizeChange(ctx, known)
  const row = await withTransaction(async (tx) => {
    const before = await latest(known, tx)
    requireMatch(ifMatch, etagOf(before))
    if (text === (before?.body ?? '')) return before
    const revision = (before?.revision ?? 0) + 1
    const [after] = await tx
      .insert(documentationRevisions)
      .values({
        assetKind: known.kind,
        assetName: known.name,
        revision,
        body: text,
        authorId: ctx.actor.id,
        authorName: ctx.actor.name,
        reason: reason ?? null,
        createdAt: ctx.now().toISOString(),
      })
      .onConflictDoNothing()
      .returning()
    if (!after)
      throw new DomainError('precondition_failed', 'Somebody else changed it just now. Read it again.')
    await record(tx, ctx, {
      action,
      resource,
      decision,
      reason: reason ?? (text === '' ? 'Documentation taken away' : 'Documentation changed'),
      before: { documentation: before?.revision ?? 0 },
      after: { asset: { kind: known.kind, name: known.name }, documentation: revision },
      environment: null,
    })
    return after
  })
  return serialize(ctx, known, row)
}

/** Every text that it has had, newest first. Errors: `not_found`. */
export async function listDocumentation(
  ctx: Context,
  asset: DocumentedAsset,
  { limit, cursor }: ListDocumentationQuery,
): Promise<DocumentationHistory> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const known = await knownAsset(ctx, asset)
  const rows = await db()
    .select()
    .from(documentationRevisions)
    .where(and(of(known), cursor === undefined ? undefined : lt(documentationRevisions.revision, cursor)))
    .orderBy(desc(documentationRevisions.revision))
    .limit(limit + 1)
  const [counted] = await db().select({ total: count() }).from(documentationRevisions).where(of(known))
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    data: page.map((row) => ({
      revision: row.revision,
      text: row.body,
      author: row.authorName,
      reason: row.reason,
      created_at: iso(row.createdAt),
    })),
    meta: {
      next_cursor: rows.length > limit && last ? String(last.revision) : null,
      total: counted?.total ?? 0,
    },
  }
}

/** Takes all texts and examples of an asset that is deleted along, a group's features too: its name may be given again. */
export async function forgetDocumentation(tx: Transaction, { kind, name }: DocumentedAsset): Promise<void> {
  const { assetKind, assetName } = documentationRevisions
  const prefix = `${name.replaceAll('_', '\\_')}:%`
  const features = and(eq(assetKind, 'feature'), like(assetName, prefix))
  const own = of({ kind, name })
  await tx.delete(documentationRevisions).where(kind === 'group' ? or(own, features) : own)
  const example = and(sql`${assetExamples.assetKind} = ${kind}`, eq(assetExamples.assetName, name))
  const ofFeatures = and(eq(assetExamples.assetKind, 'feature'), like(assetExamples.assetName, prefix))
  await tx.delete(assetExamples).where(kind === 'group' ? or(example, ofFeatures) : example)
}
