import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { notFound } from '@/lib/core/errors'
import { readFacts } from './resolve-features'
import type { ServingFeature, ServingVersion } from './types'

type Read = 'group:read_online' | 'group:read_offline'

/** A feature may be stricter than its group: then it is there only for those who may know of it. */
export const mayDescribeFeature = (ctx: Context, version: ServingVersion, feature: ServingFeature): boolean =>
  decide(ctx, 'catalog:describe', readFacts(version, [feature])).allowed

/** A feature by its name. Errors: `not_found`, the same for a missing and for a hidden one. */
export function describedFeature(ctx: Context, version: ServingVersion, name: string): ServingFeature {
  const found = version.features.find((feature) => feature.name === name)
  if (found && mayDescribeFeature(ctx, version, found)) return found
  throw notFound(`Feature ${version.groupName}@${version.major}:${name}`)
}

interface OpenFeatures {
  features: ServingFeature[]
  /** Names of those that the caller may know of and not read. */
  omitted: string[]
}

/**
 * What a read that names no features means: those of `from` that the caller may know of and read. Where none may be
 * read it is all that may be known of, for the refusal to explain. Errors: `not_found` when none may be known of.
 */
export function openFeatures(
  ctx: Context,
  action: Read,
  version: ServingVersion,
  from: ServingFeature[] = version.features,
): OpenFeatures {
  const described = from.filter((feature) => mayDescribeFeature(ctx, version, feature))
  if (described.length === 0 && from.length > 0)
    throw notFound(`A feature of ${version.groupName}@${version.major}`)
  const mayRead = (feature: ServingFeature) =>
    !feature.permittedUse.includes('aggregate_only') &&
    decide(ctx, action, readFacts(version, [feature])).allowed
  const features = described.filter(mayRead)
  if (features.length === 0) return { features: described, omitted: [] }
  const omitted = described.filter((feature) => !features.includes(feature)).map(({ name }) => name)
  return { features, omitted }
}
