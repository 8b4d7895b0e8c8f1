import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import {
  describedFeature,
  parseFeatureReference,
  resolveVersion,
  type ServingFeature,
  type ServingVersion,
} from '@/lib/registry'

export interface FoundFeature {
  /** As it was asked for. */
  reference: string
  version: ServingVersion
  feature: ServingFeature
}

/** A feature that the caller may know of. Errors: `invalid` for what is no reference or a label, `not_found`. */
export async function requireFeature(
  ctx: Context,
  reference: string,
  pointer: string,
): Promise<FoundFeature> {
  const parsed = parseFeatureReference(reference)
  if (!parsed)
    throw invalidField(pointer, `\`${reference}\` is not group:feature or group@version:feature`, 'reference')
  const { group, version: major } = parsed
  const version = await resolveVersion(ctx, major === null ? { group } : { group, version: major })
  const feature = describedFeature(ctx, version, parsed.feature)
  if (feature.role === 'label')
    throw invalidField(pointer, `${reference} is a label: it is predicted, never read as a feature`, 'label')
  return { reference, version, feature }
}
