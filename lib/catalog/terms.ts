/** A query as the catalogue understands it. */
export interface Terms {
  /** Lower case, trimmed: what exact names are compared with. */
  text: string
  /** The words asked for, at least one character each. */
  words: string[]
  /** tsquery over words of names alone; every word begins one of them. Null without words. */
  names: string | null
  /** tsquery over names, labels and meaning. Null without words. */
  anywhere: string | null
}

const mostWords = 12

/** `delay7` may stand as `delay7` or as `delay_7`. */
function alternatives(word: string, weight: 'A' | ''): string {
  const parts = word.match(/\p{N}+|[^\p{N}]+/gu) ?? [word]
  const lexeme = (part: string) => `'${part}':*${weight}`
  if (parts.length === 1) return lexeme(word)
  return `(${lexeme(word)} | (${parts.map(lexeme).join(' & ')}))`
}

const conjunction = (words: string[], weight: 'A' | ''): string | null =>
  words.length === 0 ? null : words.map((word) => alternatives(word, weight)).join(' & ')

/** Splits a query as names are split: at everything that is neither letter nor digit. */
export function termsOf(query: string): Terms {
  const text = query.trim().toLowerCase()
  const words = [...new Set(text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))].slice(0, mostWords)
  return { text, words, names: conjunction(words, 'A'), anywhere: conjunction(words, '') }
}

/** A LIKE pattern of what begins with the text. */
export const beginning = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`
