export { listTransformationRuns, type TransformationRunRecord } from './list-runs'
export { sourcesFolder } from './resolve-inputs'
export { runTransformation, runTransformationInput, type TransformationRun } from './run-transformation'
