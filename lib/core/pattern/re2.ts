import type { Assertion, PatternNode } from './parse'

/** What the language's classes are, spelled out: RE2 draws \s, \w and . by other lines. */
const classes = new Map([
  ['d', '0-9'],
  ['w', '0-9A-Za-z_'],
  [
    's',
    '\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}',
  ],
])

/** Inside: null, because RE2 goes by bytes, and the middle of an é has no word on either side. */
const assertions: Record<Assertion, string | null> = {
  start: '\\A',
  end: '\\z',
  boundary: '\\b',
  inside: null,
}

const controls = new Map([
  ['t', 9],
  ['n', 10],
  ['v', 11],
  ['f', 12],
  ['r', 13],
  ['0', 0],
])

const codePoint = (code: number) => `\\x{${code.toString(16)}}`

/** The code point of an escape that stands for one, or null. */
function escaped(text: string): number | null {
  const hex = /^\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2}))$/.exec(text)
  if (hex) {
    const code = Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16)
    return code >= 0xd800 && code <= 0xdfff ? null : code
  }
  const letter = /^\\(.)$/su.exec(text)?.[1]
  if (letter === undefined) return null
  return controls.get(letter) ?? (/[\w]/.test(letter) ? null : (letter.codePointAt(0) ?? null))
}

const token = /\\u\{[\da-fA-F]+\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\[pPc]|\\.|./suy

function tokensOf(text: string): string[] {
  const found: string[] = []
  token.lastIndex = 0
  for (let next = token.exec(text); next; next = token.exec(text)) found.push(next[0])
  return found
}

/** One token of a class as RE2 spells it, or null. */
function member(text: string): string | null {
  if (text.startsWith('\\')) {
    const named = classes.get(text.slice(1))
    const code = escaped(text)
    return named ?? (code === null ? null : codePoint(code))
  }
  return text === '-' ? '-' : codePoint(text.codePointAt(0) ?? 0)
}

function classOf(source: string): string | null {
  const negated = source.startsWith('[^')
  const tokens = tokensOf(source.slice(negated ? 2 : 1, -1))
  if (tokens.length === 0) return null
  const parts = tokens.map((text, index) =>
    text === '-' && (index === 0 || index === tokens.length - 1) ? codePoint(45) : member(text),
  )
  return parts.includes(null) ? null : `[${negated ? '^' : ''}${parts.join('')}]`
}

function pointOf(source: string): string | null {
  if (source === '.') return '[^\\n\\r\\x{2028}\\x{2029}]'
  if (source.startsWith('[')) return classOf(source)
  if (!source.startsWith('\\')) return codePoint(source.codePointAt(0) ?? 0)
  const letter = source.slice(1)
  const named = classes.get(letter.toLowerCase())
  if (named !== undefined) return letter === letter.toLowerCase() ? `[${named}]` : `[^${named}]`
  const code = escaped(source)
  return code === null ? null : codePoint(code)
}

const joined = (parts: (string | null)[], divider: string): string | null =>
  parts.includes(null) ? null : `(?:${parts.join(divider)})`

/** RE2 takes no larger count. */
const mostRepeats = 1000

/** Whether anything may stand before or after a node. */
interface Place {
  first: boolean
  last: boolean
}

/** An anchor in the middle is left to the exact check: the engine finds `a^` in "a". */
function assertionOf(assertion: Assertion, { first, last }: Place): string | null {
  if ((assertion === 'start' && !first) || (assertion === 'end' && !last)) return null
  return assertions[assertion]
}

/** The same pattern as RE2 writes it, which the offline engine runs; null where the two may differ. */
export function re2Of(node: PatternNode, place: Place = { first: true, last: true }): string | null {
  switch (node.kind) {
    case 'point':
      return pointOf(node.source)
    case 'assertion':
      return assertionOf(node.assertion, place)
    case 'sequence': {
      const end = node.parts.length - 1
      const parts = node.parts.map((part, at) =>
        re2Of(part, { first: place.first && at === 0, last: place.last && at === end }),
      )
      return joined(parts, '')
    }
    case 'choice':
      return joined(
        node.options.map((option) => re2Of(option, place)),
        '|',
      )
    case 'repeat': {
      const part = re2Of(node.part, { first: false, last: false })
      const { least, most } = node
      if (part === null || Math.max(least, most ?? 0) > mostRepeats) return null
      return `(?:${part}){${least},${most ?? ''}}`
    }
  }
}
