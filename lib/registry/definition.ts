import type { featureGroupVersions, features, KeyColumn, SourceConfig, Transformation } from '@/db/schema'
import { durationSeconds } from '@/lib/core/duration'
import type { Contract } from './contract-terms'
import type { FeatureInput } from './feature-input'

export type VersionRow = typeof featureGroupVersions.$inferSelect
export type FeatureRow = typeof features.$inferSelect

/** One feature with every member stated. */
export interface FeatureDefinition {
  name: string
  type: string
  description: string
  expression: string | null
  contract: Contract | null
  classification: FeatureRow['classification']
  tags: string[]
  role: 'feature' | 'label'
  horizon: string | null
  /** What holds beyond what holds for the group. */
  permittedUse: FeatureRow['permittedUse']
}

/** All that a version fixes, in the form in which two versions are compared. */
export interface VersionDefinition {
  keys: KeyColumn[]
  timestampKey: string
  ttlSeconds: number | null
  sourceDelaySeconds: number
  allowedSkewSeconds: number
  online: boolean
  source: SourceConfig
  inputs: KeyColumn[]
  transformation: Transformation | null
  features: FeatureDefinition[]
}

export const featureDefinition = (input: FeatureInput): FeatureDefinition => ({
  name: input.name,
  type: input.type,
  description: input.description,
  expression: input.expression ?? null,
  contract: input.contract ?? null,
  classification: input.classification ?? null,
  tags: input.tags,
  role: input.role,
  horizon: input.horizon ?? null,
  permittedUse: input.permitted_use,
})

const storedFeature = (row: FeatureRow): FeatureDefinition => ({
  name: row.name,
  type: row.type,
  description: row.description,
  expression: row.expression,
  contract: row.contract,
  classification: row.classification,
  tags: row.tags,
  role: row.role,
  horizon: row.horizon,
  permittedUse: row.permittedUse,
})

export const storedDefinition = (version: VersionRow, rows: FeatureRow[]): VersionDefinition => ({
  keys: version.primaryKey,
  timestampKey: version.timestampKey,
  ttlSeconds: version.ttlSeconds,
  sourceDelaySeconds: version.sourceDelaySeconds,
  allowedSkewSeconds: version.allowedSkewSeconds,
  online: version.online,
  source: version.source,
  inputs: version.inputs,
  transformation: version.transformation,
  features: rows.map(storedFeature),
})

/** Seconds of a duration that the input's schema has already accepted. */
export function secondsOf(duration: string): number {
  const seconds = durationSeconds(duration)
  if (seconds === null) throw new Error(`${duration} passed the schema but is no duration`)
  return seconds
}

export const secondsOrNull = (duration: string | null | undefined): number | null =>
  duration === null || duration === undefined ? null : secondsOf(duration)
