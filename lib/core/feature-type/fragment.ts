import { LosslessNumber, parseJson } from '../json'
import { doubleText, floatText, isSpecialFloat } from './float-text'
import { formatTimestamp } from './time'
import type { CanonicalValue, FeatureType } from './types'

/** Divides fragments in one text; JSON escapes it, so it stands in no fragment. */
export const fragmentSeparator = '\x1f'

const quotedSpecial = (value: number) =>
  Number.isNaN(value) ? '"NaN"' : value > 0 ? '"Infinity"' : '"-Infinity"'

/**
 * Canonical value → JSON text: int64 bare, floats with a point or exponent (float32 shortest), NaN and ±Infinity as
 * strings, decimal, date, timestamp and bytes as strings. It is made by convertJson/convertText of the same type.
 */
export function toFragment(type: FeatureType, value: CanonicalValue): string {
  if (value === null) return 'null'
  switch (type.kind) {
    case 'float64':
      return floatFragment(value, doubleText)
    case 'float32':
      return floatFragment(value, floatText)
    case 'timestamp':
      return `"${formatTimestamp(toBigInt(value))}"`
    case 'string':
      return JSON.stringify(value)
    case 'bytes':
    case 'date':
    case 'decimal':
      return `"${String(value)}"`
    case 'array':
      return arrayFragment(type.element, value)
    case 'embedding':
      return arrayFragment({ kind: 'float32' }, value)
    default:
      // bool, int32, int64, and json, which is JSON text already.
      return String(value)
  }
}

function floatFragment(value: CanonicalValue, text: (value: number) => string): string {
  const number = Number(value)
  return isSpecialFloat(number) ? quotedSpecial(number) : text(number)
}

const toBigInt = (value: CanonicalValue): bigint =>
  typeof value === 'bigint' ? value : BigInt(String(value))

function arrayFragment(element: FeatureType, value: CanonicalValue): string {
  if (!Array.isArray(value)) throw new TypeError('An array was expected')
  return `[${value.map((item) => toFragment(element, item)).join(',')}]`
}

/** Canonical value → the value that `stringifyJson` writes int64 as bigint, NaN as text, 2.0 as 2.0. */
export function toJsonValue(type: FeatureType, value: CanonicalValue): unknown {
  if (value === null) return null
  switch (type.kind) {
    case 'timestamp':
      return formatTimestamp(toBigInt(value))
    case 'json':
      return parseJson(String(value))
    case 'float32':
    case 'float64':
      return floatJsonValue(type.kind, Number(value))
    case 'array':
    case 'embedding':
      if (!Array.isArray(value)) throw new TypeError('An array was expected')
      return value.map((item) => toJsonValue(elementType(type), item))
    default:
      return value
  }
}

/** Whole floats keep their point (`2.0`), which a JavaScript number cannot say. */
function floatJsonValue(kind: 'float32' | 'float64', value: number): unknown {
  if (isSpecialFloat(value)) return String(value)
  const text = kind === 'float32' ? floatText(value) : doubleText(value)
  return Number.isInteger(value) ? new LosslessNumber(text) : Number(text)
}

/** The type of the elements of an array or embedding. */
export const elementType = (type: FeatureType): FeatureType =>
  type.kind === 'array' ? type.element : { kind: 'float32' }

/** Bytes of an encoded key at most: an entry of a PostgreSQL index holds 2,704. */
export const longestKeyBytes = 2000

/** Key values → the one text under which the online store keeps them: fragments joined by U+001F. */
export function encodeEntityKey(types: readonly FeatureType[], values: readonly CanonicalValue[]): string {
  return types.map((type, index) => toFragment(type, values[index] ?? null)).join(fragmentSeparator)
}

const holdsInt64 = (type: FeatureType): boolean =>
  type.kind === 'int64' || (type.kind === 'array' && holdsInt64(type.element))

/**
 * Writes the bare integers of a fragment as strings, for clients whose numbers end at 2^53; null where nothing is to
 * be written otherwise. Other types hold no bare integer of 64 bits.
 */
export const int64Spelling = (
  type: FeatureType,
  int64AsString: boolean,
): ((fragment: string) => string) | null =>
  int64AsString && holdsInt64(type) ? (fragment) => fragment.replace(/-?\d+/g, '"$&"') : null
