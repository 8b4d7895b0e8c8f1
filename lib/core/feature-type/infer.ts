import { isLosslessNumber } from '../json'
import { convertJson, convertText } from './convert'
import type { FeatureType } from './types'

/** From the narrowest to the widest; what none holds is a string. */
const textCandidates: FeatureType[] = [
  { kind: 'bool' },
  { kind: 'int64' },
  { kind: 'float64' },
  { kind: 'date' },
  { kind: 'timestamp' },
  { kind: 'array', element: { kind: 'int64' } },
  { kind: 'array', element: { kind: 'float64' } },
  { kind: 'array', element: { kind: 'string' } },
]

/** A leading zero or plus is part of a code, not of a number: "007" stays a string. */
const looksLikeCode = /^[+-]?0\d/
const looksLikeArray = /^\[/
const looksLikeObject = /^\{/
const exponentOnly = /^-?\d+[eE]\d+$/

/** The types, narrowest first, that every given text converts to; always ends with string. Nulls fit any type. */
export function fittingTypes(samples: readonly (string | null)[]): FeatureType[] {
  const texts = samples.filter((text) => text !== null)
  const fitting: FeatureType[] = []
  if (texts.length > 0) {
    for (const type of textCandidates) if (texts.every((text) => fits(type, text))) fitting.push(type)
    if (texts.every((text) => looksLikeObject.test(text) && convertText({ kind: 'json' }, text).ok)) {
      fitting.push({ kind: 'json' })
    }
  }
  return [...fitting, { kind: 'string' }]
}

function fits(type: FeatureType, text: string): boolean {
  if (type.kind === 'array') return looksLikeArray.test(text) && convertText(type, text).ok
  if (type.kind === 'int64' && (text.includes('.') || exponentOnly.test(text))) return false
  if ((type.kind === 'int64' || type.kind === 'float64') && looksLikeCode.test(text)) return false
  return convertText(type, text).ok
}

/** The type to propose for a column of CSV texts; string when all are null or nothing narrower holds them all. */
export function inferColumnType(samples: readonly (string | null)[]): FeatureType {
  return fittingTypes(samples)[0] ?? { kind: 'string' }
}

/**
 * The type of an extra column whose values came in a JSON body: int64, float64, bool, string or json.
 * A column of nulls is a string.
 */
export function inferJsonColumnType(values: readonly unknown[]): FeatureType {
  const present = values.filter((value) => value !== null && value !== undefined)
  const every = (test: (value: unknown) => boolean) => present.length > 0 && present.every(test)
  if (every((value) => typeof value === 'boolean')) return { kind: 'bool' }
  if (every(isWhole) && present.every((value) => convertJson({ kind: 'int64' }, value).ok))
    return { kind: 'int64' }
  // A whole number that int64 does not hold keeps its digits as json: a float would print others.
  if (
    every(
      (value) => isNumber(value) && typeof value !== 'bigint' && convertJson({ kind: 'float64' }, value).ok,
    )
  )
    return { kind: 'float64' }
  if (present.every((value) => typeof value === 'string')) return { kind: 'string' }
  return { kind: 'json' }
}

const isNumber = (value: unknown) =>
  typeof value === 'number' || typeof value === 'bigint' || isLosslessNumber(value)

const isWhole = (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value)
