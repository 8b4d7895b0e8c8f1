import { quoteName } from './reader'
import type { Token } from './tokens'

/** A condition in SQL whose parts are computed each for itself. */
export interface Truth {
  /** True, false, or null: not known, since a value is null or a part could not be computed. */
  tried: string
  /** SQL that is true where a part could not be computed. */
  faults: string[]
}

const isWord = (token: Token | undefined, word: string) =>
  token?.kind === 'name' && !token.quoted && token.text.toLowerCase() === word

/** Whether it may be null though all its columns have values, because that is what was written. */
function givesNull(tokens: Token[]): boolean {
  const count = (word: string) => tokens.filter((token) => isWord(token, word)).length
  const nulls = tokens.filter((token, at) => {
    const asked = isWord(tokens[at - 1], 'is') || isWord(tokens[at - 1], 'not')
    return isWord(token, 'null') && !asked
  })
  return nulls.length > 0 || count('nullif') > 0 || count('case') > count('else')
}

const divides = ({ kind, text }: Token) =>
  (kind === 'symbol' && ['/', '//', '%'].includes(text)) ||
  (kind === 'name' && text.toLowerCase() === 'power')

/**
 * A condition that no `and`, `or` or `not` joins. It could not be computed where the engine gives up on it (an
 * overflow, a root of a negative number), and where a division makes it null though all its columns have values.
 */
export function statementOf(sql: string, tokens: Token[], columns: ReadonlyMap<string, unknown>): Truth {
  const tried = `TRY(${sql})`
  const faults = [`TRY(coalesce(${sql}, true)) is null`]
  if (tokens.some(divides) && !givesNull(tokens)) {
    const read = new Set(
      tokens.flatMap(({ kind, text }) => (kind === 'name' && columns.has(text) ? [text] : [])),
    )
    const known = [...read].map((name) => `${quoteName(name)} is not null`)
    faults.push([`${tried} is null`, ...known].join(' and '))
  }
  return { tried, faults }
}

export const both = (
  left: Truth | undefined,
  word: 'and' | 'or',
  right: Truth | undefined,
): Truth | undefined =>
  left &&
  right && { tried: `(${left.tried} ${word} ${right.tried})`, faults: [...left.faults, ...right.faults] }

export const not = (truth: Truth | undefined): Truth | undefined =>
  truth && { ...truth, tried: `(not ${truth.tried})` }

/** True or false: what is not known holds, unless that is because it could not be computed. */
export const holds = ({ tried, faults }: Truth): string =>
  `coalesce(${tried}, not (${faults.map((fault) => `(${fault})`).join(' or ')}))`
