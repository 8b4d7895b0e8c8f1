export { type Action, actionLabels, actions, isAction } from './actions'
export { type Classification, classifications } from './classification'
export { type Decision, decide, mayEver, mayKnow } from './decide'
export { type HelpDirectory, setHelpDirectory } from './help'
export { policyVersion } from './policies'
export {
  kindLabels,
  missing,
  type ResourceFacts,
  type ResourceKind,
  systemResource,
} from './resource'
export { type Grant, grantsOf, type Subject } from './subject'
export { type VisibleColumns, visible } from './visible'
