export { inferDefinition } from './infer-definition'
