export { closeFeedback, reopenFeedback } from './close-feedback'
export { feedbackCsv, getFeedback, listFeedback } from './list-feedback'
export { tellFeedback } from './tell-feedback'
