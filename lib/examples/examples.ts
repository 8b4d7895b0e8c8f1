import { and, asc, eq, type SQL, sql } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { assetExamples, catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { isStorableText } from '@/lib/core/text'
import {
  assetResource,
  authorizeChange,
  changing,
  knownAsset,
  mayChange,
  visibleDocument,
} from '@/lib/notify'
import { isoInstant } from '@/lib/registry'
import { look } from './look'
import {
  addExampleInput,
  type ExampleAsset,
  type ExampleList,
  type ExampleResource,
  type ExampleRun,
} from './operations'
import { carryOut } from './run'

const mostOfAnAsset = 20
const mostSpineRows = 100

type Row = typeof assetExamples.$inferSelect

const serialize = (row: Row): ExampleResource => ({
  id: row.id,
  asset: { kind: row.assetKind, name: row.assetName },
  title: row.title,
  reads: row.reads,
  environment: row.environment,
  request: row.request,
  created_by: row.createdByName,
  created_at: isoInstant(row.createdAt),
  last_run:
    row.ranAt === null
      ? null
      : {
          at: isoInstant(row.ranAt),
          worked: row.worked ?? false,
          failure: row.failure,
          took_ms: row.tookMs ?? 0,
        },
})

/** Of a service the reason may name a group that its reader may not know of. */
const withoutReason = (example: ExampleResource): ExampleResource =>
  example.asset.kind !== 'service' || !example.last_run || example.last_run.failure === null
    ? example
    : { ...example, last_run: { ...example.last_run, failure: 'Who may change it is told why.' } }

const ofAsset = ({ kind, name }: ExampleAsset) =>
  and(eq(assetExamples.assetKind, kind), eq(assetExamples.assetName, name))

/** An example of a group that reads a feature which its reader may not know of tells that there is one. */
const namesNothingHidden = (ctx: Context): SQL => sql`not exists (
  select from jsonb_array_elements_text(case jsonb_typeof(${assetExamples.request} -> 'features')
      when 'array' then ${assetExamples.request} -> 'features' else '[]' end) f
    join ${document} on ${document.kind} = 'feature' and ${document.name} = regexp_replace(f, '@\\d+:', ':')
  where ${visibleDocument(ctx)} is not true)`

/** The examples of an asset, oldest first. Errors: `not_found`, the same for a hidden asset. */
export async function listExamples(ctx: Context, asset: ExampleAsset): Promise<ExampleList> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const known = await knownAsset(ctx, asset)
  const rows = await db()
    .select()
    .from(assetExamples)
    .where(and(ofAsset(asset), namesNothingHidden(ctx)))
    .orderBy(asc(assetExamples.id))
    .limit(mostOfAnAsset)
  const { allowed, rule } = await mayChange(ctx, known)
  const data = rows.map(serialize)
  return { data: allowed ? data : data.map(withoutReason), change: { allowed, rule } }
}

/**
 * What is asked belongs to the asset on whose page it stands, all of it: the installation reads it, which may read what
 * the writer may not know of.
 */
function requireItsOwn({ kind, name }: ExampleAsset, request: Record<string, unknown>) {
  const features = Array.isArray(request.features) ? request.features.map(String) : []
  const plain = features.map((feature) => feature.replace(/@\d+:/, ':'))
  const isOwnFeature = (feature: string) =>
    kind === 'feature' ? feature === name : feature.startsWith(`${name}:`)
  const isOwn =
    kind === 'service'
      ? request.feature_service === name && request.features === undefined
      : request.feature_service === undefined && plain.length > 0 && plain.every(isOwnFeature)
  if (!isOwn) throw invalidField('/request', `does not read ${name}, and it alone`, 'other_asset')
  const { spine } = request
  if (spine === undefined) return
  const rows = typeof spine === 'object' && spine !== null && 'rows' in spine ? spine.rows : null
  if (!Array.isArray(rows) || rows.length > mostSpineRows)
    throw invalidField('/request/spine', `needs its rows, at most ${mostSpineRows}`, 'spine')
}

/**
 * Adds an example and looks at once whether it works.
 * Errors: `forbidden`, `not_found`, `invalid`, `conflict` for restricted data and for more than twenty.
 */
export async function addExample(ctx: Context, body: unknown): Promise<ExampleResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { asset, title, reads, environment, request } = parseInput(addExampleInput, body)
  const known = await knownAsset(ctx, asset)
  const resource = assetResource(known)
  const action = changing[known.kind]
  const decision = await authorizeChange(ctx, known)
  if (resource.classification === 'restricted')
    throw new DomainError('conflict', 'Key values are data: restricted data has no examples.')
  requireItsOwn(asset, request)
  const id = newId(ctx.now().getTime())
  await withTransaction(async (tx) => {
    if ((await tx.$count(assetExamples, ofAsset(asset))) >= mostOfAnAsset)
      throw new DomainError('conflict', `${asset.name} has ${mostOfAnAsset} examples already.`)
    await tx.insert(assetExamples).values({
      id,
      assetKind: asset.kind,
      assetName: asset.name,
      title,
      reads,
      environment,
      request,
      createdById: ctx.actor.id,
      createdByName: ctx.actor.name,
      createdAt: ctx.now().toISOString(),
    })
    await record(tx, ctx, {
      action,
      resource,
      decision,
      reason: `Example added: ${title}`,
      after: { asset, example: id, reads },
      environment,
    })
  })
  return serialize(await look(id))
}

/** An example of an asset that the caller may know of. Errors: `not_found`. */
async function requireExample(ctx: Context, id: string) {
  const [row] = isStorableText(id)
    ? await db()
        .select()
        .from(assetExamples)
        .where(and(eq(assetExamples.id, id), namesNothingHidden(ctx)))
    : []
  if (!row) throw notFound(`Example ${id}`)
  try {
    return { row, known: await knownAsset(ctx, { kind: row.assetKind, name: row.assetName }) }
  } catch {
    throw notFound(`Example ${id}`)
  }
}

/** Errors: `forbidden`, `not_found`, `precondition_required`, `precondition_failed`. */
export async function removeExample(ctx: Context, id: string, ifMatch: string | null): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { row, known } = await requireExample(ctx, id)
  const resource = assetResource(known)
  const action = changing[known.kind]
  const decision = await authorizeChange(ctx, known)
  requireMatch(ifMatch)
  await withTransaction(async (tx) => {
    await tx.delete(assetExamples).where(eq(assetExamples.id, id))
    await record(tx, ctx, {
      action,
      resource,
      decision,
      reason: `Example removed: ${row.title}`,
      before: { asset: { kind: row.assetKind, name: row.assetName }, example: id, reads: row.reads },
      environment: row.environment,
    })
  })
}

/** Runs an example with the caller's rights. Errors: `not_found`, and those of the read. */
export async function runExample(ctx: Context, id: string): Promise<ExampleRun> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { row } = await requireExample(ctx, id)
  return carryOut(ctx, row)
}
