export { getReview } from './get-review'
export { listReviews } from './list-reviews'
