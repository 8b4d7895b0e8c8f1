export {
  type FeatureReference,
  type GroupReference,
  parseFeatureReference,
  parseGroupReference,
} from './reference'
export { type FeaturesInput, readFacts, resolveFeatures } from './resolve-features'
export { resolveVersion } from './resolve-version'
export type {
  FeatureSelection,
  ResolvedFeatures,
  ServingFeature,
  ServingVersion,
  TypedColumn,
  VersionReference,
  VersionState,
} from './types'
