import type { VersionResource } from '@/lib/registry/operations'

/** Names of the features that nobody has described. */
export const undescribed = ({ features }: Pick<VersionResource, 'features'>): string[] =>
  features.filter(({ description }) => description.trim() === '').map(({ name }) => name)

/** The version's whole definition, as its next draft sends it, with the descriptions that were written. */
export function withDescriptions(version: VersionResource, written: Readonly<Record<string, string>>) {
  const { primary_key, timestamp_key, ttl, online, source, source_delay, allowed_skew } = version
  const { inputs, transformation, environments, features } = version
  return {
    primary_key,
    timestamp_key,
    ttl,
    online,
    source,
    source_delay,
    allowed_skew,
    inputs,
    transformation,
    environments: environments.map(({ name }) => name),
    features: features.map((feature) => ({
      ...feature,
      description: written[feature.name]?.trim() || feature.description,
    })),
    reason: 'Descriptions for the review.',
  }
}
