export { type Claim, claim, deleteExpiredAnswers, endAnswersOf } from './claim'
export { type Keep, once } from './once'
export type { IdempotentRequest } from './scope'
