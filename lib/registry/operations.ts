import type { Operation } from '@/lib/core/operation'
import { domainOperations } from './domain-operations'
import { endingOperations } from './ending/operations'
import { entityOperations, sourceOperations } from './entity-operations'
import { groupOperations } from './group-operations'
import { historyOperations } from './history-operations'
import { previewOperations } from './preview-operations'
import { promotionOperations } from './promotion/operations'
import { serviceOperations } from './service-operations'

export * from './contract-terms'
export * from './domain-operations'
export * from './ending/operations'
export * from './ending/resources'
export * from './entity-operations'
export * from './feature-input'
export {
  classificationNames,
  environmentQuery,
  jsonObjectSchema,
  listOf,
  listQuery,
  pathName,
  textSchema,
  versionNumber,
} from './fields'
export * from './group-operations'
export * from './history-operations'
export * from './history-resources'
export * from './impact-resources'
export * from './inputs'
export * from './mandatory'
export * from './naming'
export * from './permitted-use'
export * from './preview-operations'
export * from './promotion/operations'
export * from './promotion/resources'
export * from './reference'
export * from './resources'
export * from './service-operations'
export * from './source-kinds'

export const registryOperations: Operation[] = [
  ...groupOperations,
  ...endingOperations,
  ...historyOperations,
  ...promotionOperations,
  ...serviceOperations,
  ...entityOperations,
  ...sourceOperations,
  ...domainOperations,
  ...previewOperations,
]
