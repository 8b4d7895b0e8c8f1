import type { ValueKind } from './functions'
import { ExpressionFault, type Token, tokensOf } from './tokens'

export interface ColumnMeaning {
  kind: ValueKind
  /** Why an expression may not read it. */
  refused?: string
}

export interface CompileOptions {
  /** The row's columns by name. */
  columns: ReadonlyMap<string, ColumnMeaning>
  /** Literals with a fraction are doubles, unless the result is a decimal. */
  fractions: 'double' | 'decimal'
  /** What has no value (a division by zero, a power that is no number) is null, so that it can be told. */
  isStatement?: boolean
}

export interface Reader {
  peek: () => Token
  next: () => Token
  /** Takes the symbol or keyword when it comes next. */
  take: (text: string) => boolean
  expect: (text: string) => void
  /** How many tokens were taken. */
  place: () => number
  /** The tokens that were taken since then. */
  since: (place: number) => Token[]
  options: CompileOptions
}

export const quoteName = (name: string) => `"${name.replaceAll('"', '""')}"`

export const keywords = new Set([
  'and',
  'or',
  'not',
  'is',
  'null',
  'in',
  'between',
  'case',
  'when',
  'then',
  'else',
  'end',
  'true',
  'false',
])

const isKeyword = (token: Token, text: string) =>
  token.kind === 'name' && !token.quoted && token.text.toLowerCase() === text

export const shown = (token: Token) => (token.kind === 'end' ? 'the end' : `\`${token.text}\``)

export function readerOf(text: string, options: CompileOptions): Reader {
  const tokens = tokensOf(text)
  let place = 0
  const peek = (): Token =>
    tokens[Math.min(place, tokens.length - 1)] ?? { kind: 'end', text: '', at: text.length }
  const next = () => {
    const token = peek()
    place++
    return token
  }
  const take = (wanted: string) => {
    const token = peek()
    const found = (token.kind === 'symbol' && token.text === wanted) || isKeyword(token, wanted)
    if (found) place++
    return found
  }
  const expect = (wanted: string) => {
    const token = peek()
    if (!take(wanted))
      throw new ExpressionFault(`\`${wanted}\` was expected where ${shown(token)} stands`, token.at)
  }
  return { peek, next, take, expect, place: () => place, since: (from) => tokens.slice(from, place), options }
}
