import { and, asc, eq, sql } from 'drizzle-orm'
import { db, type Executor, withTransaction } from '@/db/client'
import { basketFeatures, people } from '@/db/schema'
import { authorizeAtAll, record } from '@/lib/audit'
import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { isoInstant } from '@/lib/registry'
import { addToBasketInput, type BasketResource, mostFeatures, replaceBasketInput } from './operations'
import { requireFeature } from './require-feature'

async function basketIn(executor: Executor, ctx: Context): Promise<BasketResource> {
  const rows = await executor
    .select({ feature: basketFeatures.feature, addedAt: basketFeatures.createdAt })
    .from(basketFeatures)
    .where(eq(basketFeatures.personId, ctx.actor.id))
    .orderBy(asc(basketFeatures.position))
  return {
    data: rows.map(({ feature, addedAt }) => ({ feature, added_at: isoInstant(addedAt) })),
    meta: { total: rows.length, limit: mostFeatures },
  }
}

/** The caller's basket, names as they were put in; a service account has an empty one. */
export async function getBasket(ctx: Context): Promise<BasketResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return basketIn(db(), ctx)
}

const namesOf = ({ data }: BasketResource) => data.map(({ feature }) => feature)

/** One writer of a basket at a time, so that places are taken once and the limit holds; what changes nothing is no act. */
async function changing(
  ctx: Context,
  change: (executor: Executor, present: string[]) => Promise<void>,
): Promise<BasketResource> {
  return withTransaction(async (tx) => {
    const [person] = await tx
      .select({ id: people.id })
      .from(people)
      .where(eq(people.id, ctx.actor.id))
      .for('update')
    if (!person) throw invalidField('', 'A service account has no basket.', 'no_basket')
    const before = namesOf(await basketIn(tx, ctx))
    await change(tx, before)
    const basket = await basketIn(tx, ctx)
    const after = namesOf(basket)
    if (before.join(' ') !== after.join(' '))
      await record(tx, ctx, {
        action: 'catalog:describe',
        resource: systemResource,
        decision: decide(ctx, 'catalog:describe', systemResource),
        reason: 'Basket changed',
        before: { features: before },
        after: { features: after },
        environment: null,
      })
    return basket
  })
}

async function requireFeatures(ctx: Context, references: readonly string[]): Promise<void> {
  for (const [at, reference] of references.entries()) await requireFeature(ctx, reference, `/features/${at}`)
}

const without = (features: readonly string[], present: readonly string[]) => [
  ...new Set(features.filter((feature) => !present.includes(feature))),
]

function insert(executor: Executor, ctx: Context, features: readonly string[], first: number) {
  return executor.insert(basketFeatures).values(
    features.map((feature, at) => ({
      personId: ctx.actor.id,
      feature,
      position: first + at,
      createdAt: ctx.now().toISOString(),
    })),
  )
}

/**
 * Puts features at the end of the caller's basket.
 * Errors: `not_found` naming what is not there or hidden, `invalid` for a label or a service account, `conflict` when full.
 */
export async function addToBasket(ctx: Context, body: unknown): Promise<BasketResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { features } = parseInput(addToBasketInput, body)
  await requireFeatures(ctx, features)
  return changing(ctx, async (executor, present) => {
    const added = without(features, present)
    if (added.length === 0) return
    if (present.length + added.length > mostFeatures)
      throw new DomainError(
        'conflict',
        `The basket holds ${present.length} of at most ${mostFeatures} features: take some out first.`,
      )
    const [last] = await executor
      .select({ position: sql<number>`coalesce(max(${basketFeatures.position}), -1)::int` })
      .from(basketFeatures)
      .where(eq(basketFeatures.personId, ctx.actor.id))
    await insert(executor, ctx, added, (last?.position ?? -1) + 1)
  })
}

/** The basket holds these features in this order from now on; what is in it already is not asked again. Errors: as addToBasket. */
export async function replaceBasket(ctx: Context, body: unknown): Promise<BasketResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { features } = parseInput(replaceBasketInput, body)
  const known = namesOf(await basketIn(db(), ctx))
  await requireFeatures(ctx, without(features, known))
  return changing(ctx, async (executor) => {
    await executor.delete(basketFeatures).where(eq(basketFeatures.personId, ctx.actor.id))
    if (features.length > 0) await insert(executor, ctx, without(features, []), 0)
  })
}

/** Takes a feature out; one that is not in it is out already. */
export async function removeFromBasket(ctx: Context, feature: string): Promise<BasketResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  return changing(ctx, async (executor) => {
    await executor
      .delete(basketFeatures)
      .where(and(eq(basketFeatures.personId, ctx.actor.id), eq(basketFeatures.feature, feature)))
  })
}
