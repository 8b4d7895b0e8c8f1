import type { Operation } from '@/lib/core/operation'
import { archivingOperations } from './archiving-operations'

export * from './archiving-operations'

export const retirementOperations: Operation[] = [...archivingOperations]
