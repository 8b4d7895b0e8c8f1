export { type Action, actionLabels, actions, isAction } from './actions'
export { type Decision, decide, mayEver } from './decide'
export {
  type Classification,
  classifications,
  kindLabels,
  missing,
  type ResourceFacts,
  type ResourceKind,
  systemResource,
} from './resource'
export { type Grant, grantsOf, type Subject } from './subject'
export { type VisibleColumns, visible } from './visible'
