import type { Operation } from '@/lib/core/operation'
import { archivingOperations } from './archiving-operations'
import { bulkOperations } from './bulk-operations'
import { campaignOperations } from './campaign-operations'
import { unusedOperations } from './unused-operations'

export * from './archiving-operations'
export * from './bulk-operations'
export * from './campaign-operations'
export * from './unused-operations'

export const retirementOperations: Operation[] = [
  ...unusedOperations,
  ...bulkOperations,
  ...campaignOperations,
  ...archivingOperations,
]
