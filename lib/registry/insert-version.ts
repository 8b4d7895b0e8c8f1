import type { Transaction } from '@/db/client'
import { features, featureGroupVersions as groupVersions, versionEnvironments } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { FeatureDefinition, VersionDefinition, VersionRow } from './definition'
import { recordPromotion } from './promotion/record'
import { draftWritten } from './review/record'

export interface NewVersion {
  groupId: string
  major: number
  definition: VersionDefinition
  state: 'draft' | 'active'
  environments: string[]
  /** Why, and whose definition it brings back: kept for its revision's record. */
  reason?: string | undefined
  restoredFrom?: string | undefined
}

const rowsInStatement = 1000

/** Adds features to a version, the first one at `firstPosition`. */
export async function insertFeatures(
  tx: Transaction,
  versionId: string,
  definitions: FeatureDefinition[],
  firstPosition = 0,
): Promise<void> {
  const rows = definitions.map((definition, at) => ({
    ...definition,
    id: newId(),
    versionId,
    position: firstPosition + at,
  }))
  for (let start = 0; start < rows.length; start += rowsInStatement) {
    await tx.insert(features).values(rows.slice(start, start + rowsInStatement))
  }
}

/** Inserts a version with its features; an active one is promoted at once where it is registered. */
export async function insertVersion(tx: Transaction, ctx: Context, version: NewVersion): Promise<VersionRow> {
  const { definition, state, environments, groupId, major } = version
  const at = ctx.now().toISOString()
  const active = state === 'active'
  const { keys, features: definitions, ...rest } = definition
  const [row] = await tx
    .insert(groupVersions)
    .values({
      ...rest,
      id: newId(),
      groupId,
      major,
      state,
      reason: version.reason ?? null,
      restoredFrom: version.restoredFrom ?? null,
      primaryKey: keys,
      createdBy: ctx.actor.id,
      createdAt: at,
      activatedAt: active ? at : null,
    })
    .returning()
  if (!row) throw new Error('An insert returned no row.')
  await insertFeatures(tx, row.id, definitions)
  await tx.insert(versionEnvironments).values(
    environments.map((environment) => ({
      versionId: row.id,
      environment,
      state: active ? ('promoted' as const) : ('registered' as const),
      promotedAt: active ? at : null,
      promotedBy: active ? ctx.actor.id : null,
    })),
  )
  if (!active) await draftWritten(tx, ctx, row)
  if (active) {
    for (const environment of environments)
      await recordPromotion(tx, ctx, { version: row, environment, before: null }, { kind: 'promoted' })
  }
  return row
}
