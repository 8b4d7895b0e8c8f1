import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { describedFeature, resolveVersion, type ServingFeature, type ServingVersion } from '@/lib/registry'

export interface VersionInput {
  group: string
  version?: number
  environment?: string
}

/** A version whose statistics the caller may see. Errors: `not_found`, `forbidden`. */
export async function watchedVersion(ctx: Context, input: VersionInput): Promise<ServingVersion> {
  const { group, version, environment } = input
  await authorizeAtAll(ctx, 'group:read_statistics', { kind: 'group', name: group })
  const found = await resolveVersion(ctx, { group, version }, environment ?? ctx.environment)
  await authorize(ctx, 'group:read_statistics', found.resource)
  return found
}

/** A feature of it, which may be classified above its group. Errors: `not_found`, `forbidden`. */
export async function watchedFeature(
  ctx: Context,
  version: ServingVersion,
  name: string,
): Promise<ServingFeature> {
  const feature = describedFeature(ctx, version, name)
  if (feature.classification !== version.classification) {
    await authorize(ctx, 'group:read_statistics', {
      ...version.resource,
      classification: feature.classification,
    })
  }
  return feature
}
