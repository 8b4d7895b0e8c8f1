export { previewArchiving } from './preview-archiving'
export { retirementDay, startRetirement } from './retirement-day'
export { archiveByPolicy, runArchiving } from './run-archiving'
export { retirementSettings } from './settings'
