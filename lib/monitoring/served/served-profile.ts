import { createHash } from 'node:crypto'
import { type CategoricalProfile, type Profile, profileNumeric } from '../distances/profile'
import { readCategorySample } from '../distances/samples'
import { emptyFrame } from '../profile-of'
import type { Reference } from '../reference'

/** Values that a window lists beside those of its reference, as the windows of the history do. */
const mostOthers = 50
/** Longer texts are one category by their beginning and their hash, as the windows of the history have them. */
const longestCategory = 256

/** A number of any numeric type as it was served: bare, or as a text where JSON has no such number. */
function numberOf(text: string): number | null {
  const value: unknown = JSON.parse(text)
  return value === null ? null : Number(String(value))
}

function lengthOf(text: string): number | null {
  const value: unknown = JSON.parse(text)
  return Array.isArray(value) ? value.length : null
}

function categoryOf(text: string): string | null {
  const value: unknown = JSON.parse(text)
  if (value === null) return null
  const characters = [...String(value)]
  if (characters.length <= longestCategory) return String(value)
  return `${characters.slice(0, 200).join('')}… ${createHash('md5').update(String(value)).digest('hex')}`
}

/** Lists the reference's values and the most frequent others; the rest is counted together. */
export function listed(profile: CategoricalProfile, known: readonly string[]): CategoricalProfile {
  const isKnown = new Set(known)
  const others = profile.values.filter(([value]) => !isKnown.has(value)).sort(([, n], [, m]) => m - n)
  const dropped = others.slice(mostOthers).reduce((total, [, count]) => total + count, 0)
  const { distinct: _, ...rest } = profile
  return {
    ...rest,
    values: [...profile.values.filter(([value]) => isKnown.has(value)), ...others.slice(0, mostOthers)],
    other: profile.other + dropped,
  }
}

/** Profile of values as they were served (JSON texts), on what the reference froze. */
export function servedProfile(
  { kind, basis }: Pick<Reference, 'kind' | 'basis'>,
  texts: readonly string[],
): Profile {
  if (kind === 'numeric' || kind === 'length') {
    const frame = basis && 'frame' in basis ? basis.frame : emptyFrame
    const values = texts.map(kind === 'numeric' ? numberOf : lengthOf)
    const { distinct: _, whole: __, ...profile } = profileNumeric(values, frame)
    return profile
  }
  const rows = texts.length
  if (kind === 'categorical') {
    const { missing, counts } = readCategorySample(texts.map(categoryOf))
    const profile: CategoricalProfile = { kind, rows, missing, values: [...counts], other: 0 }
    return listed(profile, basis && 'values' in basis ? basis.values : [])
  }
  const missing = texts.filter((text) => text === 'null').length
  const trues = kind === 'boolean' ? texts.filter((text) => text === 'true').length : rows - missing
  return { kind: 'boolean', rows, missing, trues }
}
