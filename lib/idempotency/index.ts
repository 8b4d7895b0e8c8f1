export { type Claim, claim, deleteExpiredAnswers } from './claim'
export { type KeptAnswer, once } from './once'
export type { IdempotentRequest } from './scope'
