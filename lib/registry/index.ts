export { addVersion } from './add-version'
export { listenToRegistry, type RegistryChange } from './announce'
export { deleteFeatureGroup } from './delete-feature-group'
export { deprecateVersion, restoreVersion } from './deprecate-version'
export { assertReadable, deprecationHeaders } from './deprecation'
export { diffVersions } from './diff-versions'
export { listEnvironments } from './environments'
export { getFeatureGroup, getVersion, listVersions } from './get-feature-group'
export { impactOf } from './impact'
export { isoInstant } from './instants'
export { listFeatureGroups } from './list-feature-groups'
export { offsetOf, pageOf } from './page'
export { promoteVersion } from './promote-version'
export { parseFeatureReference, parseGroupReference } from './reference'
export { type RegisterOptions, registerFeatureGroup } from './register-feature-group'
export { type FeaturesInput, readFacts, resolveFeatures } from './resolve-features'
export { resolveVersion } from './resolve-version'
export { approveVersion, rejectVersion } from './review-version'
export { submitVersion } from './submit-version'
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
export { wordsOfName } from './words'
