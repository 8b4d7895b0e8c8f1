export { listFeatures } from './list-features'
export { proposeDefinition, type SeenColumn, type SeenFile } from './propose-definition'
export { search } from './search'
