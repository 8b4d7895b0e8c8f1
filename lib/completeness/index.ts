export { getCompleteness, incompleteCsv, listIncomplete } from './completeness'
