export { type Claim, claim, deleteExpiredAnswers } from './claim'
export { once } from './once'
export type { IdempotentRequest } from './scope'
