export type Assertion = 'start' | 'end' | 'boundary' | 'inside'

/** What a pattern is made of. Repetitions without an upper bound have `most` null. */
export type PatternNode =
  | { kind: 'point'; source: string; matches: (codePoint: number) => boolean }
  | { kind: 'assertion'; assertion: Assertion }
  | { kind: 'sequence'; parts: PatternNode[] }
  | { kind: 'choice'; options: PatternNode[] }
  | { kind: 'repeat'; part: PatternNode; least: number; most: number | null }

/** Why a text is no pattern here, in words that follow the pattern's place. */
export class PatternFault extends Error {
  override name = 'PatternFault'
}

const assertions = new Map<string, Assertion>([
  ['^', 'start'],
  ['$', 'end'],
  ['\\b', 'boundary'],
  ['\\B', 'inside'],
])

const groupStart = /\((?:\?:|\?<(?![=!])[^>]*>)?/y
const quantifier = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y
/** A half pair of escapes is one code point under the flag `u`. */
const atom =
  /\[(?:\\.|[^\]\\])*\]|\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pP]\{[^}]*\}|\\c[a-zA-Z]|\\.|./suy

const asciiSize = 128

/** The language decides what one code point matches; that cannot backtrack. */
function pointTest(source: string): (codePoint: number) => boolean {
  const expression = new RegExp(`^${source}$`, 'u')
  const ascii = Array.from({ length: asciiSize }, (_, code) => expression.test(String.fromCharCode(code)))
  return (codePoint) => ascii[codePoint] ?? expression.test(String.fromCodePoint(codePoint))
}

interface Reader {
  source: string
  at: number
}

/** Takes what a sticky expression finds at the reader's place. */
function take(reader: Reader, expression: RegExp): RegExpExecArray | null {
  expression.lastIndex = reader.at
  const found = expression.exec(reader.source)
  if (found) reader.at += found[0].length
  return found
}

function readChoice(reader: Reader): PatternNode {
  const options: PatternNode[] = []
  do {
    const parts: PatternNode[] = []
    while (reader.at < reader.source.length && !'|)'.includes(reader.source.charAt(reader.at)))
      parts.push(readRepeated(reader))
    options.push({ kind: 'sequence', parts })
  } while (reader.source.charAt(reader.at) === '|' && reader.at++ < reader.source.length)
  const [only] = options
  return options.length === 1 && only ? only : { kind: 'choice', options }
}

function readRepeated(reader: Reader): PatternNode {
  const part = readAtom(reader)
  const found = take(reader, quantifier)
  if (!found) return part
  const [text, least, comma, most] = found
  if (least !== undefined) {
    const bound = comma === undefined ? Number(least) : most ? Number(most) : null
    return { kind: 'repeat', part, least: Number(least), most: bound }
  }
  return { kind: 'repeat', part, least: text.startsWith('+') ? 1 : 0, most: text.startsWith('?') ? 1 : null }
}

function readAtom(reader: Reader): PatternNode {
  if (reader.source.charAt(reader.at) === '(') {
    const opened = take(reader, groupStart)
    if (reader.source.charAt(reader.at) === '?' || opened === null)
      throw new PatternFault('may not use look-around or flags within the pattern')
    const inner = readChoice(reader)
    reader.at++
    return inner
  }
  const text = take(reader, atom)?.[0] ?? ''
  const assertion = assertions.get(text)
  if (assertion) return { kind: 'assertion', assertion }
  if (/^\\(?:[1-9]|k)/.test(text)) throw new PatternFault('may not use back-references')
  return { kind: 'point', source: text, matches: pointTest(text) }
}

/** Takes a pattern apart: JavaScript's syntax with the flag `u`, without look-around and back-references. */
export function parsePattern(source: string): PatternNode {
  try {
    new RegExp(source, 'u')
  } catch (error) {
    throw new PatternFault(error instanceof Error ? error.message : 'is not a regular expression')
  }
  return readChoice({ source, at: 0 })
}
