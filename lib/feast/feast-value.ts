import { isLosslessNumber, parse } from 'lossless-json'
import type { FeatureType } from '@/lib/core/feature-type'

type Spell = (fragment: string) => string

const isFloat = (text: string) => /[.eE]/.test(text)

/** What Python makes of a JSON value; all elements of a list must be one of them. */
function kindOf(value: unknown): string {
  if (isLosslessNumber(value)) return isFloat(value.value) ? 'float' : 'integer'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'list' : typeof value
}

function isReadableList(values: unknown[]): boolean {
  const kinds = new Set(values.map(kindOf))
  const [kind] = kinds
  return kinds.size === 1 && kind !== 'null' && kind !== 'list' && values.every((value) => isReadable(value))
}

const isInt64 = (text: string) => BigInt.asIntN(64, BigInt(text)) === BigInt(text)

function isReadable(value: unknown): boolean {
  if (Array.isArray(value)) return isReadableList(value)
  if (isLosslessNumber(value)) return isFloat(value.value) || isInt64(value.value)
  return typeof value !== 'object' || value === null || Object.values(value).every(isReadable)
}

const keepIf =
  (isKept: (fragment: string) => boolean): Spell =>
  (fragment) =>
    isKept(fragment) ? fragment : 'null'

/** Python tells `{}` from other maps, but only on the outside. */
const json = keepIf((fragment) => {
  if (fragment[0] === '"') return true
  return fragment !== '{}' && isReadable(parse(fragment))
})

/** Numbers are of one kind by their type; NaN and the infinities are texts among them. */
const numbers = keepIf((fragment) => fragment !== '[]' && !/["n]/.test(fragment))
const anything = keepIf((fragment) => isReadable(parse(fragment)))

/**
 * How a value is written for Feast's client, which infers types from JSON and fails on empty and nested lists, lists
 * with nulls or of mixed types, and empty objects: those are null here. Null: as everywhere.
 */
export function feastSpelling(type: FeatureType): Spell | null {
  if (type.kind === 'json') return json
  if (type.kind === 'embedding') return numbers
  if (type.kind !== 'array') return null
  return /^(?:int|float)/.test(type.element.kind) ? numbers : anything
}
