export type Token =
  | { kind: 'name'; text: string; at: number; quoted: boolean }
  | { kind: 'number'; text: string; at: number }
  | { kind: 'string'; text: string; at: number }
  | { kind: 'symbol'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number }

/** What an expression does wrong; `at` counts characters from 0. */
export class ExpressionFault extends Error {
  readonly at: number

  constructor(message: string, at: number) {
    super(message)
    this.name = 'ExpressionFault'
    this.at = at
  }
}

/** Everything that may stand in an expression, and nothing else: no comments, no parameters, no semicolons. */
const pattern =
  /\s+|(?<name>[A-Za-z_][A-Za-z0-9_]*)|"(?<quoted>(?:[^"]|"")+)"|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)|'(?<string>(?:[^']|'')*)'|(?<symbol>\|\||\/\/|<>|!=|<=|>=|[-+*/%=<>(),])/y

/** The engine, and the reader here, take expressions apart by recursion. */
const mostTokens = 500

/** Splits an expression into its parts. Throws ExpressionFault at the first character that has no place in one. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (!match) throw new ExpressionFault(`\`${text[at]}\` has no place in an expression`, at)
    if (tokens.length >= mostTokens)
      throw new ExpressionFault(`an expression has at most ${mostTokens} words and signs`, at)
    const { name, quoted, number, string, symbol } = match.groups ?? {}
    if (name !== undefined) tokens.push({ kind: 'name', text: name, at, quoted: false })
    else if (quoted !== undefined)
      tokens.push({ kind: 'name', text: quoted.replaceAll('""', '"'), at, quoted: true })
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at })
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'"), at })
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at })
    at = pattern.lastIndex
  }
  tokens.push({ kind: 'end', text: '', at })
  return tokens
}
