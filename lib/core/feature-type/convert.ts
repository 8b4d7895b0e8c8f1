import { isLosslessNumber, parseJsonRepeated, stringifyJson } from '../json'
import { convertDecimal, convertFloat, convertInteger } from './convert-number'
import { convertDate, convertTimestamp } from './time'
import { accepted, type CanonicalValue, type Conversion, type FeatureType, refused, shown } from './types'

/**
 * A value of a parsed JSON body (see parseJson) → canonical, exactly or refused. Null and undefined are null.
 * Texts are accepted where they state the value exactly: numbers ("1001"), times, dates, base64, "NaN".
 */
export function convertJson(type: FeatureType, value: unknown): Conversion {
  if (value === null || value === undefined) return accepted(null)
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? accepted(value) : refused('type', `${shown(value)} is not a bool`)
    case 'json':
      return jsonValue(value)
    case 'array':
      return Array.isArray(value)
        ? arrayValue(type.element, value)
        : refused('type', `${shown(value)} is not an array`)
    case 'embedding':
      return Array.isArray(value)
        ? embeddingValue(type.dimension, value)
        : refused('type', `${shown(value)} is not an array of ${type.dimension} numbers`)
    case 'int32':
    case 'int64':
    case 'float32':
    case 'float64':
    case 'decimal':
      return numericValue(type, value)
    default:
      return typeof value === 'string' ? convertText(type, value) : refused('type', notText(type.kind, value))
  }
}

const notText = (kind: string, value: unknown) =>
  kind === 'timestamp' && typeof value === 'number'
    ? `${shown(value)} is a number; a timestamp is RFC 3339 text`
    : `${shown(value)} is not a ${kind}`

function numericValue(type: FeatureType, value: unknown): Conversion {
  if (typeof value === 'string') return convertText(type, value)
  if (typeof value === 'number' || typeof value === 'bigint' || isLosslessNumber(value)) {
    return convertText(type, Object.is(value, -0) ? '-0' : String(value))
  }
  return refused('type', `${shown(value)} is not ${/^[aeiou]/.test(type.kind) ? 'an' : 'a'} ${type.kind}`)
}

/**
 * Text of a CSV cell → canonical, exactly or refused. Null (an unquoted empty cell) is null; an empty text is a
 * value only for strings. Nothing is trimmed. Arrays, embeddings and json are JSON text.
 */
export function convertText(type: FeatureType, text: string | null): Conversion {
  if (text === null) return accepted(null)
  switch (type.kind) {
    case 'bool':
      return boolText(text)
    case 'int32':
    case 'int64':
      return convertInteger(type.kind, text)
    case 'float32':
    case 'float64':
      return convertFloat(type.kind, text)
    case 'decimal':
      return convertDecimal(type.precision, type.scale, text)
    case 'string':
      return stringValue(text)
    case 'bytes':
      return base64Value(text)
    case 'date':
      return convertDate(text)
    case 'timestamp':
      return convertTimestamp(text)
    default:
      return jsonText(type, text)
  }
}

/** A key value from a body, a path or a CSV cell: "1001", 1001 and 1001.0 reach the int64 key 1001; 1001.5 is refused. */
export function convertKey(type: FeatureType, value: unknown): Conversion {
  return typeof value === 'string' ? convertText(type, value) : convertJson(type, value)
}

function boolText(text: string): Conversion {
  const lower = text.toLowerCase()
  if (lower === 'true') return accepted(true)
  return lower === 'false' ? accepted(false) : refused('type', `${shown(text)} is not a bool (true or false)`)
}

const loneSurrogate = /\p{Surrogate}/u

function stringValue(text: string): Conversion {
  if (text.includes('\0')) return refused('nul_character', 'U+0000 cannot be kept in a text')
  if (loneSurrogate.test(text)) return refused('encoding', `${shown(text)} holds half of a surrogate pair`)
  return accepted(text)
}

/** The bits that padding leaves unused are zero in these last characters; others would not come back the same. */
function base64Value(text: string): Conversion {
  const fits =
    text.length % 4 === 0 &&
    /^[A-Za-z0-9+/]*={0,2}$/.test(text) &&
    (!text.endsWith('=') || /[AEIMQUYcgkosw048]=$|[AQgw]==$/.test(text))
  return fits ? accepted(text) : refused('type', `${shown(text)} is not base64 (RFC 4648, padded)`)
}

const escapedNul = /(?:^|[^\\])(?:\\\\)*\\u0000/

function jsonValue(value: unknown): Conversion {
  const text = stringifyJson(value)
  if (escapedNul.test(text)) return refused('nul_character', 'U+0000 cannot be kept in a text')
  if (loneSurrogate.test(text)) return refused('encoding', 'The value holds half of a surrogate pair')
  return accepted(text)
}

function jsonText(type: FeatureType, text: string): Conversion {
  let value: unknown
  try {
    const parsed = parseJsonRepeated(text)
    const [first] = parsed.repeated
    if (first)
      return refused('duplicate_member', `${shown(first.at(-1))} stands twice in an object of ${shown(text)}`)
    value = parsed.value
  } catch {
    return refused(
      'type',
      `${shown(text)} is not JSON, so it is not ${type.kind === 'json' ? 'a json value' : `an ${type.kind}`}`,
    )
  }
  return convertJson(type, value)
}

function arrayValue(element: FeatureType, values: unknown[]): Conversion {
  const converted: CanonicalValue[] = []
  for (const [index, value] of values.entries()) {
    const result = convertJson(element, value)
    if (!result.ok) return refused(result.rule, `element ${index}: ${result.reason}`)
    converted.push(result.value)
  }
  return accepted(converted)
}

function embeddingValue(dimension: number, values: unknown[]): Conversion {
  if (values.length !== dimension) {
    return refused('dimension', `the array has ${values.length} elements, the embedding has ${dimension}`)
  }
  const result = arrayValue({ kind: 'float32' }, values)
  if (!result.ok || !Array.isArray(result.value)) return result
  const bad = result.value.findIndex((value) => !Number.isFinite(value))
  return bad === -1 ? result : refused('range', `element ${bad} of an embedding must be a finite number`)
}
