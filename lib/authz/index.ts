export type { Action } from './actions'
export { assetFacts, setAssetDirectory } from './assets'
export { type Classification, classifications } from './classification'
export { type Decision, decide, mayEver, mayKnow, refusedEverywhere } from './decide'
export { anyTeam, type HelpDirectory, setHelpDirectory } from './help'
export { nextChange } from './keep'
export { policyVersion } from './policies'
export {
  missing,
  type ResourceFacts,
  type ResourceKind,
  systemResource,
} from './resource'
export type { Grant, Subject } from './subject'
export { visible } from './visible'
