export { listFeatures } from './list-features'
export { search } from './search'
