import { createHash } from 'node:crypto'

/** U+0000 and lone surrogates, which PostgreSQL's text and jsonb refuse. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is the character that has to go
const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export const storable = (text: string) => text.replace(unstorable, '\ufffd')

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Any value as JSON that survives a round trip through jsonb: integers beyond 2^53 and dates become text. */
export function toJson(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString()
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value !== 'object') return String(value)
  if ('isLosslessNumber' in value) return String(value)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [storable(name), toJson(member)]),
  )
}

/** JSON with sorted members and no space: one text for one value. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
