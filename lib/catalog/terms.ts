import { phrases } from './similar/phrases'
import { isKnownWord, wordsFor } from './similar/thesaurus'
import { conceptsOf, wordsOf } from './similar/words'

/** One thing that a query asks for, by all the words that teams use for it. */
export interface Concept {
  /** As it was typed. */
  word: string
  /** Other words for it. */
  synonyms: readonly string[]
  /** Expressions for it that the glossary tells. */
  phrases: readonly string[]
  /** tsquery of its words as they are written. */
  simple: string
  /** tsquery of its words by their stems. */
  english: string
}

/** A query as the catalogue understands it. */
export interface Terms {
  /** Lower case, trimmed. */
  text: string
  /** Letters and digits alone: names are compared whatever divides their words. */
  squashed: string
  /** The words asked for, at least one character each. */
  words: string[]
  /** Those of them that say something. */
  content: string[]
  /** tsquery over words of names alone; every word begins one of them. Null without words. */
  names: string | null
  /** What is meant: each stands somewhere in what is found. */
  concepts: Concept[]
}

const mostWords = 12
const mostConcepts = 8
const shortestBeginning = 3

const shortestPlural = 4

/** What ends like a plural may stand in the singular. */
export const singularOf = (word: string): string[] =>
  word.length >= shortestPlural && /[^s]s$/.test(word) ? [word.slice(0, -1)] : []

/** `delay7` may stand as `delay7` or as `delay_7`. */
function alternatives(word: string, weight: 'A' | '', isOnly: boolean): string {
  const parts = word.match(/\p{N}+|[^\p{N}]+/gu) ?? [word]
  // The beginnings of one or two letters are too many; whole names that begin so are found by their letters.
  const any = isOnly && word.length < shortestBeginning ? '' : '*'
  const lexeme = (part: string) => `'${part}':${any}${weight}`.replace(/:$/, '')
  const others = [
    ...(parts.length > 1 ? [`(${parts.map(lexeme).join(' & ')})`] : []),
    ...singularOf(word).map((one) => `'${one}':${weight}`.replace(/:$/, '')),
  ]
  return others.length === 0 ? lexeme(word) : `(${[lexeme(word), ...others].join(' | ')})`
}

const phrasesFor = new Map<string, string[]>()
for (const [phrase, standsFor] of phrases)
  phrasesFor.set(standsFor, [...(phrasesFor.get(standsFor) ?? []), phrase])

const particles = new Set(['in', 'on', 'up', 'out', 'off'])

/** An expression as it stands in a text, its nouns in the plural too: `days since`, but not `signs in` for `sign in`. */
const phraseQuery = (phrase: string) => {
  const words = phrase.split(' ')
  const parts = words.map((word, at) =>
    particles.has(words[at + 1] ?? '') ? `'${word}'` : `('${word}' | '${word}s')`,
  )
  return `(${parts.join(' <-> ')})`
}

/** What a word stands for; itself when it says how something is measured, or nobody has another word for it. */
const meantBy = (word: string) => [...conceptsOf(word).keys()][0] ?? word

const pluralOf = (word: string) => (word.endsWith('s') ? [] : [`${word}s`])

function conceptWith(
  word: string,
  synonyms: readonly string[],
  isOnly: boolean,
  phrases: readonly string[] = [],
): Concept {
  const others = synonyms.flatMap((one) => [one, ...pluralOf(one)]).map((one) => `'${one}'`)
  const said = [...(phrasesFor.get(meantBy(word)) ?? []), ...phrases].map(phraseQuery)
  return {
    word,
    synonyms,
    phrases,
    simple: [alternatives(word, '', isOnly), ...others, ...said].join(' | '),
    english: [word, ...synonyms].map((one) => `'${one}'`).join(' | '),
  }
}

const conceptOfWord = (word: string, isOnly: boolean): Concept =>
  conceptWith(
    word,
    wordsFor(meantBy(word)).filter((one) => one !== word),
    isOnly,
  )

/** Every way in which a synonym may be written. */
export const writtenForms = ({ concepts }: Terms): string[] =>
  concepts.flatMap(({ synonyms }) => synonyms.flatMap((one) => [one, ...pluralOf(one)]))

/** The same query, asking for no synonym that nobody has written. */
export const withWritten = (terms: Terms, written: ReadonlySet<string>): Terms => ({
  ...terms,
  concepts: terms.concepts.map(({ word, synonyms, phrases }) =>
    conceptWith(
      word,
      synonyms.filter((one) => [one, ...pluralOf(one)].some((form) => written.has(form))),
      terms.words.length === 1,
      phrases,
    ),
  ),
})

const mostInPhrase = 6

/** The same query, by what its words are called otherwise too. */
export const withOtherWords = (terms: Terms, others: ReadonlyMap<string, readonly string[]>): Terms => ({
  ...terms,
  concepts: terms.concepts.map((concept) => {
    const called = (others.get(concept.word) ?? [])
      .map((text) => text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== ''))
      .filter((parts) => parts.length <= mostInPhrase)
    const single = called.flatMap((parts) => (parts.length === 1 ? parts : []))
    const phrases = called.filter((parts) => parts.length > 1).map((parts) => parts.join(' '))
    const synonyms = [...new Set([...concept.synonyms, ...single])]
    return conceptWith(concept.word, synonyms, terms.words.length === 1, phrases)
  }),
})

/** Splits a query as names are split: at everything that is neither letter nor digit, and where case changes. */
export function termsOf(query: string): Terms {
  const spaced = query.trim().replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
  const words = [
    ...new Set(
      spaced
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== ''),
    ),
  ].slice(0, mostWords)
  const said = [...new Set(wordsOf(words.join(' ')))].slice(0, mostConcepts)
  const isOnly = words.length === 1
  return {
    text: query.trim().toLowerCase(),
    squashed: query.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''),
    words,
    content: words.filter((word) => wordsOf(word).length > 0),
    names: words.length === 0 ? null : words.map((word) => alternatives(word, 'A', isOnly)).join(' & '),
    concepts: (said.length > 0 ? said : words).map((word) => conceptOfWord(word, isOnly)),
  }
}

/** Whether somebody may have meant it as it is: a word of the field, though no line of the catalogue has it. */
export const isWordOfTheField = (word: string): boolean => isKnownWord(word) || isKnownWord(meantBy(word))

/** A LIKE pattern of what begins with the text. */
export const beginning = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`
