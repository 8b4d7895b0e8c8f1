export { ProblemError } from './problem-error'
export { type Answer, type RequestOptions, request } from './request'
