import { Marked, type MarkedToken, type Token, type TokensList } from 'marked'

const parser = new Marked({ gfm: true })

/** No extension is loaded, so that only marked's own tokens come out. */
export const known = (token: Token): MarkedToken => token as MarkedToken

/** The text as tokens; one that the parser gives up on (nested past its stack) as plain text. */
export function tokensOf(text: string): Token[] {
  try {
    return parser.lexer(text) satisfies TokensList
  } catch {
    return [{ type: 'text', raw: text, text }]
  }
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/** `&amp;` and `&#65;` as what they mean: the parser leaves them as written. */
export const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,4}));/g, (whole, decimal, hex, name) => {
    if (name) return named[name] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    const isCharacter = code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff)
    return isCharacter ? String.fromCodePoint(code) : '\ufffd'
  })

const protocols: readonly string[] = ['http:', 'https:', 'mailto:']

/** An address that a link may lead to: another site, a mail, a place of this portal; null for everything else. */
export function safeHref(written: string): string | null {
  const href = decoded(written).trim()
  if (/^#[\w-]*$/.test(href)) return href
  if (/^\/(?![/\\])/.test(href)) return /[\s\\]/.test(href) ? null : href
  try {
    const url = new URL(href)
    return protocols.includes(url.protocol) ? url.href : null
  } catch {
    return null
  }
}

/** Words of a heading as the end of an address; the same words twice get a number. */
export function slugger() {
  const seen = new Map<string, number>()
  return (text: string): string => {
    const slug =
      text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
        .replaceAll(/^-+|-+$/g, '') || 'part'
    const times = seen.get(slug) ?? 0
    seen.set(slug, times + 1)
    return times === 0 ? slug : `${slug}-${times + 1}`
  }
}

/** What a run of tokens says, without its marks. */
export const plainText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => ('tokens' in token && token.tokens ? plainText(token.tokens) : plainToken(known(token))))
    .join('')

function plainToken(token: MarkedToken): string {
  if (token.type === 'br' || token.type === 'space') return ' '
  return 'text' in token ? decoded(token.text) : ''
}
