export { ProblemError } from './problem-error'
export { request } from './request'
