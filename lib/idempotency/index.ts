export { type Claim, claim, deleteExpiredAnswers, endAnswersOf } from './claim'
export { once } from './once'
export type { IdempotentRequest } from './scope'
