export { applyDefinitions } from './apply-definitions'
export { exportDefinitions } from './export-definitions'
export { planDefinitions } from './plan-definitions'
