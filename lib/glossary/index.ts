export { otherWordsFor, termsIn } from './known-terms'
export { addTerm, changeTerm, getTerm, listTerms, removeTerm, termFactsOf } from './terms'
