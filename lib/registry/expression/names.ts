import { tokensOf } from './tokens'

/** The names that an expression mentions: columns and functions. Empty for what is no expression. */
export function namesIn(expression: string): Set<string> {
  try {
    return new Set(tokensOf(expression).flatMap((token) => (token.kind === 'name' ? [token.text] : [])))
  } catch {
    // Its fault is told where expressions are checked.
    return new Set()
  }
}
