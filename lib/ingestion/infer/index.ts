export { type InferInput, inferDefinition } from './infer-definition'
