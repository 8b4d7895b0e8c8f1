export { type Claim, claim, deleteExpiredAnswers } from './claim'
export type { IdempotentRequest } from './scope'
