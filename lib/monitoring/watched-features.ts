import { type FeatureType, isNumericType } from '@/lib/core/feature-type'
import type { WatchedKind } from '@/lib/offline'
import type { ServingFeature } from '@/lib/registry'

/** How a feature's values are counted over time, by its type. */
export function watchedKind(type: FeatureType): WatchedKind {
  if (isNumericType(type)) return 'numeric'
  if (type.kind === 'array') return 'length'
  if (type.kind === 'string') return 'categorical'
  return type.kind === 'bool' ? 'boolean' : 'presence'
}

export interface WatchedFeature {
  name: string
  kind: WatchedKind
}

export const watchedFeatures = (features: readonly ServingFeature[]): WatchedFeature[] =>
  features.map(({ name, type }) => ({ name, kind: watchedKind(type) }))

/** Why the values of such a feature are not judged, or null when they are. */
export function unjudgedReason(type: FeatureType): string | null {
  if (watchedKind(type) !== 'presence') return null
  if (type.kind === 'date' || type.kind === 'timestamp')
    return `A ${type.kind} moves on by itself, so only missing values are judged.`
  return `Drift of ${type.kind} values is not judged, only missing values are.`
}
