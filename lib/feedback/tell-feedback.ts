import { and, asc, eq, gt, sql } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { feedback } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { assetResource, type KnownAsset, knownAsset } from '@/lib/notify'
import { assetsOfPath } from './asset-of-path'
import { type FeedbackResource, tellFeedbackInput } from './operations'
import { requireFeedback, serialize } from './queries'

const mostAnHour = 20
const hourMs = 3_600_000

/** Holds one person's own to one after the other. Errors: `rate_limited`. */
async function requireRoom(tx: Transaction, ctx: Context): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`feedback ${ctx.actor.id}`}, 0))`)
  const since = ctx.now().getTime() - hourMs
  const told = await tx
    .select({ at: feedback.createdAt })
    .from(feedback)
    .where(
      and(
        eq(feedback.authorId, ctx.actor.id),
        gt(feedback.createdAt, sql`${new Date(since).toISOString()}::timestamptz`),
      ),
    )
    .orderBy(asc(feedback.id))
    .limit(mostAnHour)
  const [oldest] = told
  if (!oldest || told.length < mostAnHour) return
  throw new DomainError(
    'rate_limited',
    `At most ${mostAnHour} of these are taken from one person in an hour.`,
    {
      retryAfterSeconds: Math.max(1, Math.ceil((Date.parse(oldest.at) - since) / 1000)),
    },
  )
}

/** What the path names, as far as the caller may know of it: a hidden asset is as one that is not there. */
async function assetAt(ctx: Context, path: string): Promise<KnownAsset | null> {
  for (const named of assetsOfPath(path)) {
    try {
      return await knownAsset(ctx, named)
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'not_found')) throw error
    }
  }
  return null
}

/** Puts it on the list. Errors: `forbidden`, `invalid`, `rate_limited`. */
export async function tellFeedback(ctx: Context, body: unknown): Promise<FeedbackResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { kind, said, path, form, request_id } = parseInput(tellFeedbackInput, body)
  const asset = await assetAt(ctx, path)
  const resource = asset ? assetResource(asset) : systemResource
  const id = newId(ctx.now().getTime())
  return withTransaction(async (tx) => {
    await requireRoom(tx, ctx)
    await tx.insert(feedback).values({
      id,
      kind,
      said,
      path,
      form: form ?? null,
      requestId: request_id ?? null,
      assetKind: asset?.kind ?? null,
      assetName: asset?.name ?? null,
      authorId: ctx.actor.id,
      authorName: ctx.actor.name,
      createdAt: ctx.now().toISOString(),
    })
    await record(tx, ctx, {
      action: 'catalog:describe',
      resource,
      decision: decide(ctx, 'catalog:describe', resource),
      reason: 'Said that it was hard',
      after: { feedback: id, kind, path },
      environment: null,
    })
    return serialize(ctx, await requireFeedback(ctx, id, tx))
  })
}
