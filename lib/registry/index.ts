export { listenToRegistry, type RegistryChange } from './announce'
export { listEnvironments } from './environments'
export { getFeatureGroup, getVersion, listVersions } from './get-feature-group'
export { listFeatureGroups } from './list-feature-groups'
export { offsetOf, pageOf } from './page'
export {
  type FeatureReference,
  type GroupReference,
  parseFeatureReference,
  parseGroupReference,
} from './reference'
export { type RegisterOptions, registerFeatureGroup } from './register-feature-group'
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
export { updateFeatureGroup } from './update-feature-group'
