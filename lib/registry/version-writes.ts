import { and, eq, inArray, ne } from 'drizzle-orm'
import type { Executor, Transaction } from '@/db/client'
import {
  commits,
  features,
  featureGroupVersions as groupVersions,
  quarantinedRows,
  versionEnvironments,
} from '@/db/schema'
import type { Context } from '@/lib/core/context'
import type { FeatureRow, VersionDefinition, VersionRow } from './definition'
import { insertFeatures } from './insert-version'
import { type Promotion, recordPromotion } from './promotion/record'
import { servedIn } from './promotion/served'
import { environmentsOf, featuresOf, versionsOf } from './queries'

export async function updateVersion(
  tx: Transaction,
  id: string,
  change: Partial<typeof groupVersions.$inferInsert>,
): Promise<VersionRow> {
  const [row] = await tx.update(groupVersions).set(change).where(eq(groupVersions.id, id)).returning()
  if (!row) throw new Error('An update found no row.')
  return row
}

/** Whether any row ever arrived in one of the versions. */
export async function holdsData(executor: Executor, versionIds: string[]): Promise<boolean> {
  if (versionIds.length === 0) return false
  const [commit] = await executor
    .select({ id: commits.id })
    .from(commits)
    .where(inArray(commits.versionId, versionIds))
    .limit(1)
  return commit !== undefined
}

/** Removes a draft for good; the caller has seen that it holds no data. */
export async function deleteVersion(tx: Transaction, versionId: string): Promise<void> {
  await tx.delete(quarantinedRows).where(eq(quarantinedRows.versionId, versionId))
  await tx.delete(features).where(eq(features.versionId, versionId))
  await tx.delete(versionEnvironments).where(eq(versionEnvironments.versionId, versionId))
  await tx.delete(groupVersions).where(eq(groupVersions.id, versionId))
}

/** Lets the environment serve this version, and no other of its group. */
export async function promoteIn(
  tx: Transaction,
  ctx: Context,
  version: VersionRow,
  environment: string,
  how: Promotion = { kind: 'promoted' },
): Promise<void> {
  const versions = await versionsOf(version.groupId, tx)
  const siblings = versions.map((one) => one.id)
  const before = servedIn({ versions, places: await environmentsOf(siblings, tx) }, environment)?.version
  await recordPromotion(tx, ctx, { version, environment, before: before ?? null }, how)
  await tx
    .update(versionEnvironments)
    .set({ state: 'registered' })
    .where(
      and(
        inArray(versionEnvironments.versionId, siblings),
        eq(versionEnvironments.environment, environment),
        ne(versionEnvironments.versionId, version.id),
      ),
    )
  const promotion = {
    state: 'promoted' as const,
    promotedAt: ctx.now().toISOString(),
    promotedBy: ctx.actor.id,
  }
  await tx
    .insert(versionEnvironments)
    .values({ versionId: version.id, environment, ...promotion })
    .onConflictDoUpdate({
      target: [versionEnvironments.versionId, versionEnvironments.environment],
      set: promotion,
    })
}

async function reviseFeature(tx: Transaction, old: FeatureRow, next: VersionDefinition['features'][number]) {
  const { description, contract, classification, tags, permittedUse } = next
  await tx
    .update(features)
    .set({ description, contract, classification, tags, permittedUse })
    .where(eq(features.id, old.id))
}

/**
 * Makes a compatible definition the next revision of a version, on the same data: new features come after the
 * ones that are there, so that the values already stored keep their places.
 */
export async function applyRevision(
  tx: Transaction,
  version: VersionRow,
  definition: VersionDefinition,
): Promise<VersionRow> {
  const rows = await featuresOf(version.id, tx)
  const byName = new Map(rows.map((row) => [row.name, row]))
  const added = definition.features.filter((feature) => !byName.has(feature.name))
  for (const next of definition.features) {
    const old = byName.get(next.name)
    if (old) await reviseFeature(tx, old, next)
  }
  await insertFeatures(tx, version.id, added, rows.length)
  const { source, allowedSkewSeconds, inputs, transformation } = definition
  return updateVersion(tx, version.id, {
    source,
    allowedSkewSeconds,
    inputs,
    transformation,
    revision: version.revision + 1,
    definitionRevision: version.revision + 1,
  })
}
