export {
  approveChangeSet,
  rejectChangeSet,
  requestChangesOfSet,
  withdrawChangeSet,
} from './change-sets/decide'
export { getChangeSet } from './change-sets/get-change-set'
export { listChangeSets } from './change-sets/list-change-sets'
export { submitTogether } from './change-sets/submit'
export { countReviews } from './count-reviews'
export { startDeadlines } from './deadlines'
export { decideReviews } from './decide-reviews'
export { getReview } from './get-review'
export { listReviews } from './list-reviews'
export { listThreads } from './threads/read'
export { applySuggestion, declineSuggestion } from './threads/suggestions'
export { addComment, editComment, openThread, settleThread } from './threads/write'
