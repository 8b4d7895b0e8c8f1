import { isLosslessNumber, LosslessNumber, parse as locate, stringify } from 'lossless-json'
import { DomainError } from './errors'
import { doubleHoldsText } from './feature-type/decimal-text'
import { type JsonPath, parsedMembers, repeatedMembers, writtenMembers } from './json-members'

export { isLosslessNumber, LosslessNumber }

export interface ParseJsonOptions {
  /** Longest text in UTF-16 units; V8 cannot hold a string beyond 2^29. */
  maximumLength?: number
  maximumDepth?: number
  /** Where a position of this text is in the one that it is a part of; line and column of the text itself when absent. */
  placeOf?: (position: number) => string
}

const defaultMaximumLength = 256 * 1024 * 1024
export const defaultMaximumDepth = 100

/**
 * Parses JSON without losing a digit: integers beyond ±(2^53 − 1) become bigint, numbers that a double does not
 * hold become LosslessNumber, the rest is as JSON.parse makes it (`__proto__` is an ordinary key).
 * @throws DomainError not_parseable with line and column (both from 1), too_large past a limit.
 */
export function parseJson(text: string, options: ParseJsonOptions = {}): unknown {
  return parsed(text, options, false).value
}

/** A parsed text, and which of its members stand twice in their object: only the last of those is in the value. */
export interface ParsedJson {
  value: unknown
  repeated: JsonPath[]
}

/** `parseJson` that also finds the members which stand twice. */
export const parseJsonRepeated = (text: string, options: ParseJsonOptions = {}): ParsedJson =>
  parsed(text, options, true)

const pointerOf = (path: JsonPath) =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** `parseJson` of what a caller wrote. @throws DomainError invalid too, when a member stands twice in its object. */
export function parseUniqueJson(text: string, options: ParseJsonOptions = {}): unknown {
  const { value, repeated } = parseJsonRepeated(text, options)
  if (repeated.length === 0) return value
  const errors = repeated.slice(0, 100).map((path) => ({
    pointer: pointerOf(path),
    reason: `\`${String(path.at(-1))}\` stands twice in its object.`,
    code: 'duplicate_member',
  }))
  throw new DomainError('invalid', errors[0]?.reason ?? '', { errors })
}

function parsed(text: string, options: ParseJsonOptions, findsRepeated: boolean): ParsedJson {
  const maximumLength = options.maximumLength ?? defaultMaximumLength
  if (text.length > maximumLength) {
    throw new DomainError('too_large', `The JSON text is longer than ${maximumLength} characters.`)
  }
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  checkDepth(source, options.maximumDepth ?? defaultMaximumDepth)
  try {
    const isWideText = mayHoldWideNumber.test(source)
    // Drawn anew for each text, so that no string in it can pose as a marked number.
    const nonce = isWideText ? `\u0001${Math.random().toString(36).slice(2)}\u0001` : ''
    const plain: unknown = JSON.parse(isWideText ? markWideNumbers(source, nonce) : source)
    const isRepeated = findsRepeated && writtenMembers(source) !== parsedMembers(plain)
    const repeated = isRepeated ? repeatedMembers(source) : []
    return { value: isWideText ? revive(plain, nonce) : plain, repeated }
  } catch (error) {
    throw notParseable(source, error, options.placeOf)
  }
}

/** How errors name a place; line and column count from 1. */
export const placeText = (line: number, column: number): string => `at line ${line}, column ${column}`

/** @param where from placeText. */
export const tooDeep = (maximumDepth: number, where: string): DomainError =>
  new DomainError('too_large', `JSON nested deeper than ${maximumDepth} levels ${where}.`)

/** Writes JSON; bigint and LosslessNumber as bare numbers with all their digits. `indent`: spaces a level. */
export function stringifyJson(value: unknown, indent?: number): string {
  const text = needsLosslessWriter(value)
    ? stringify(value, undefined, indent)
    : JSON.stringify(value, undefined, indent)
  return text ?? 'null'
}

/** Up to 15 significant digits and two digits of exponent a double holds; only beyond can anything be lost. */
const mayHoldWideNumber = /[\d.]{16}|\d[eE][+-]?\d{3}/
const numberToken = /-?\d[\d.]*(?:[eE][+-]?\d+)?/g

function checkDepth(text: string, maximumDepth: number): void {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 34) i = endOfString(text, i)
    else if (code === 123 || code === 91) {
      depth++
      if (depth > maximumDepth) {
        throw tooDeep(maximumDepth, place(text, i))
      }
    } else if (code === 125 || code === 93) depth--
  }
}

/** Index of the quote that closes the string opened at `start`; the text's end when none does. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes++
    if (backslashes % 2 === 0) return end
    end = text.indexOf('"', end + 1)
  }
  return text.length
}

/** Replaces each number that JSON.parse would round by a string made of the nonce and its digits. */
function markWideNumbers(text: string, nonce: string): string {
  const parts: string[] = []
  let position = 0
  while (position < text.length) {
    const quote = text.indexOf('"', position)
    const outside = text.slice(position, quote === -1 ? text.length : quote)
    parts.push(
      outside.replace(numberToken, (token) => (isWide(token) ? JSON.stringify(nonce + token) : token)),
    )
    if (quote === -1) break
    const end = endOfString(text, quote)
    parts.push(text.slice(quote, end + 1))
    position = end + 1
  }
  return parts.join('')
}

const mostBigintDigits = 1000
const integerToken = /^-?(?:0|[1-9]\d*)$/
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

function isWide(token: string): boolean {
  if (!mayHoldWideNumber.test(token) || !jsonNumber.test(token)) return false
  return integerToken.test(token) ? !Number.isSafeInteger(Number(token)) : !doubleHoldsText(token)
}

function revive(value: unknown, nonce: string): unknown {
  if (typeof value === 'string') {
    if (!value.startsWith(nonce)) return value
    const token = value.slice(nonce.length)
    // A bigint's cost grows with the square of its digits, and no type holds as many.
    const isInteger = token.length <= mostBigintDigits && integerToken.test(token)
    return isInteger ? BigInt(token) : new LosslessNumber(token)
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = revive(value[i], nonce)
    return value
  }
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      const revived = revive(member, nonce)
      // Plain assignment to __proto__ would set the prototype instead of the member.
      if (revived !== member) {
        Object.defineProperty(value, key, {
          value: revived,
          writable: true,
          enumerable: true,
          configurable: true,
        })
      }
    }
  }
  return value
}

function needsLosslessWriter(value: unknown): boolean {
  if (typeof value === 'bigint') return true
  if (typeof value !== 'object' || value === null) return false
  if (isLosslessNumber(value)) return true
  if (Array.isArray(value)) return value.some(needsLosslessWriter)
  for (const key in value) {
    if (needsLosslessWriter((value as Record<string, unknown>)[key])) return true
  }
  return false
}

function place(text: string, position: number): string {
  const before = text.slice(0, position)
  const line = before.split('\n').length
  return placeText(line, position - before.lastIndexOf('\n'))
}

/** JSON.parse does not say where it stopped in every case; the slower parser does. */
function notParseable(
  text: string,
  cause: unknown,
  placeOf = (position: number) => place(text, position),
): DomainError {
  if (cause instanceof DomainError) return cause
  let message = cause instanceof Error ? cause.message : String(cause)
  try {
    locate(text, null, { onDuplicateKey: ({ newValue }) => newValue })
  } catch (error) {
    if (error instanceof Error) message = error.message
  }
  const position = /^(.*?),? (?:in JSON )?at position (\d+)/s.exec(message)
  const detail = position ? `${position[1]} ${placeOf(Number(position[2]))}` : message
  return new DomainError(
    'not_parseable',
    `The body is not JSON: ${detail}.`,
    { errors: [{ pointer: '', reason: detail, code: 'not_parseable' }] },
    { cause },
  )
}
