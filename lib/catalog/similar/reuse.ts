import { and, eq, sql } from 'drizzle-orm'
import { db, withTransaction } from '@/db/client'
import { featureGroups, featureReuses } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { invalidField, notFound } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { describedFeature, parseFeatureReference, readFacts, resolveVersion } from '@/lib/registry'
import { type ReuseResource, reuseInput } from '../similar-operations'

/** How often each feature was taken instead of being written anew, by `group:feature`. */
export async function reusesOf(names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map()
  const name = sql<string>`${featureGroups.name} || ':' || ${featureReuses.feature}`
  const rows = await db()
    .select({ name, reuses: sql<number>`count(*)::int` })
    .from(featureReuses)
    .innerJoin(featureGroups, sql`${featureGroups.id} = ${featureReuses.groupId}`)
    .where(sql`${name} = any(${sql.param([...names])}::text[])`)
    .groupBy(name)
  return new Map(rows.map((row) => [row.name, row.reuses]))
}

/**
 * Keeps that somebody took a feature instead of writing it anew. Errors: `forbidden`, `not_found`, `invalid`.
 */
export async function reuseFeature(ctx: Context, body: unknown): Promise<ReuseResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { feature: name, instead_of } = parseInput(reuseInput, body)
  const reference = parseFeatureReference(name)
  if (!reference) throw invalidField('/feature', 'must be `group:feature`', 'reference')
  const version = await resolveVersion(ctx, { group: reference.group })
  const feature = describedFeature(ctx, version, reference.feature)
  const full = `${version.groupName}:${feature.name}`
  const decision = await authorize(ctx, 'catalog:describe', readFacts(version, [feature]))
  const id = newId()
  await withTransaction(async (tx) => {
    await tx.insert(featureReuses).values({
      id,
      groupId: version.groupId,
      feature: feature.name,
      insteadOf: instead_of,
      by: ctx.actor.id,
      createdAt: ctx.now().toISOString(),
    })
    await record(tx, ctx, {
      action: 'catalog:describe',
      resource: { kind: 'group', name: version.groupName },
      decision,
      after: { reused: full, instead_of },
    })
  })
  return { id, feature: full, reuses: (await reusesOf([full])).get(full) ?? 0 }
}

/** Takes back a reuse of one's own. Errors: `forbidden`, `not_found` also for somebody else's. */
export async function takeBackReuse(ctx: Context, id: string): Promise<void> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const own = and(eq(featureReuses.id, id), eq(featureReuses.by, ctx.actor.id))
  const [found] = await db()
    .select({ feature: featureReuses.feature, group: featureGroups.name })
    .from(featureReuses)
    .innerJoin(featureGroups, eq(featureGroups.id, featureReuses.groupId))
    .where(own)
  if (!found) throw notFound('A reuse of yours')
  const version = await resolveVersion(ctx, { group: found.group })
  const decision = await authorize(ctx, 'catalog:describe', version.resource)
  await withTransaction(async (tx) => {
    await tx.delete(featureReuses).where(own)
    await record(tx, ctx, {
      action: 'catalog:describe',
      resource: { kind: 'group', name: found.group },
      decision,
      before: { reused: `${found.group}:${found.feature}` },
    })
  })
}
