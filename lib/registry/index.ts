import './asset-directory'

export { addServiceVersion } from './add-service-version'
export { addVersion } from './add-version'
export { listenToRegistry } from './announce'
export { archiveFeatureService, restoreFeatureService } from './archive-service'
export { archiveVersion } from './archive-version'
export { authorizeVersion } from './authorize-version'
export { datasetsUsing } from './datasets-using'
export { deleteEntity } from './delete-entity'
export { deleteFeatureGroup } from './delete-feature-group'
export { deleteFeatureService } from './delete-feature-service'
export { deleteSource } from './delete-source'
export { deprecateVersion } from './deprecate-version'
export { assertReadable, deprecationHeaders, replacementFor } from './deprecation'
export { diffVersions } from './diff-versions'
export { writeDocuments } from './documents'
export { findEntityByKeys } from './entity-queries'
export { listEnvironments } from './environments'
export { getFeatureGroup, getVersion, listVersions } from './get-feature-group'
export { groupFactsOf } from './group-facts-of'
export { requireMatch } from './if-match'
export { impactOf } from './impact'
export { impactOfService } from './impact-of-service'
export { isoInstant } from './instants'
export { listFeatureGroups } from './list-feature-groups'
export { describedFeature, mayDescribeFeature, openFeatures } from './open-features'
export { ownerTeam } from './owner-team'
export { offsetOf, pageOf } from './page'
export { promoteVersion } from './promote-version'
export { namesOf } from './queries'
export { getEntity, listEntities } from './read-entities'
export {
  getFeatureService,
  getServiceVersion,
  listFeatureServices,
  listServiceVersions,
} from './read-feature-services'
export { getSource, listSources } from './read-sources'
export { parseFeatureReference, parseGroupReference } from './reference'
export { registerEntity } from './register-entity'
export { registerFeatureGroup } from './register-feature-group'
export { registerFeatureService } from './register-feature-service'
export { registerSource } from './register-source'
export { type FeaturesInput, readFacts, resolveFeatures } from './resolve-features'
export { resolveVersion } from './resolve-version'
export { restoreVersion } from './restore-version'
export { approveVersion, rejectVersion } from './review-version'
export { serviceFactsOf } from './service-facts-of'
export { loadSelected } from './service-queries'
export { sourceFactsOf } from './source-queries'
export { submissionsOf } from './submission'
export { submitVersion } from './submit-version'
export type {
  FeatureSelection,
  ResolvedFeatures,
  ServingFeature,
  ServingVersion,
  VersionReference,
} from './types'
export { updateEntity } from './update-entity'
export { updateFeatureGroup } from './update-feature-group'
export { updateFeatureService } from './update-feature-service'
export { updateSource } from './update-source'
