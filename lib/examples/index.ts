export { addExample, listExamples, removeExample, runExample } from './examples'
export { lookAtAll, startExamples } from './look'
