import { exactInteger, fixedDecimal } from './decimal-text'
import { doubleText, floatText } from './float-text'
import { accepted, type Conversion, refused, shown } from './types'

const bounds = {
  int32: { least: -(2n ** 31n), greatest: 2n ** 31n - 1n },
  int64: { least: -(2n ** 63n), greatest: 2n ** 63n - 1n },
}

const article = { int32: 'an int32', int64: 'an int64' }

const numberPattern = /^-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/

/** Decimal text → int32 (number) or int64 (bigint): "1001" and "1001.0" are 1001, "1001.5" is refused. */
export function convertInteger(kind: 'int32' | 'int64', text: string): Conversion {
  const { least, greatest } = bounds[kind]
  const value = exactInteger(text)
  if (value === null && !numberPattern.test(text))
    return refused('type', `${shown(text)} is not ${article[kind]}`)
  // A number of hundreds of digits is not taken apart to see whether it is whole.
  if (value === null && Math.abs(Number(text)) <= Number(greatest))
    return refused('integral', `${shown(text)} is not a whole number, so it is not ${article[kind]}`)
  if (value === null || value < least || value > greatest)
    return refused('range', `${shown(text)} is outside ${kind} (${least} to ${greatest})`)
  return accepted(kind === 'int64' ? value : Number(value))
}

const specialFloats = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['+inf', Number.POSITIVE_INFINITY],
  ['+infinity', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['-infinity', Number.NEGATIVE_INFINITY],
])

/** Whole numbers of as many digits are held by every float of the kind. */
const safeLength = { float32: 7, float64: 15 }

/** Whether the integer that `text` states, if it states one, is what the float or its shortest text says. */
function holdsInteger(kind: 'float32' | 'float64', text: string, value: number): boolean {
  if (text.length <= safeLength[kind] || !Number.isInteger(value)) return true
  const stated = exactInteger(text)
  if (stated === null || BigInt(value) === stated || exactInteger(doubleText(value)) === stated) return true
  return kind === 'float32' && exactInteger(floatText(value)) === stated
}

/**
 * Decimal text, NaN or ±Infinity → the nearest float. A fraction is rounded, as floats are; a whole number that
 * would come back as another whole number, or a number beyond the largest finite one, is refused.
 */
export function convertFloat(kind: 'float32' | 'float64', text: string): Conversion {
  if (!numberPattern.test(text)) {
    const special = specialFloats.get(text.toLowerCase())
    return special === undefined ? refused('type', `${shown(text)} is not a ${kind}`) : accepted(special)
  }
  const double = Number(text)
  const value = kind === 'float32' ? Math.fround(double) : double
  if (!Number.isFinite(value)) return refused('range', `${shown(text)} is outside ${kind}`)
  if (!holdsInteger(kind, text, value)) {
    return refused('precision', `${shown(text)} cannot be kept exactly by a ${kind}`)
  }
  return accepted(value)
}

/** Decimal text → text with exactly `scale` fraction digits; refused when a digit would be lost. */
export function convertDecimal(precision: number, scale: number, text: string): Conversion {
  const name = `decimal(${precision},${scale})`
  const result = fixedDecimal(text, precision, scale)
  if (result === 'type') return refused('type', `${shown(text)} is not a ${name}`)
  if (result === 'scale') {
    return refused('precision', `${shown(text)} has more fraction digits than ${name} keeps`)
  }
  if (result === 'range') return refused('range', `${shown(text)} is outside ${name}`)
  return accepted(result.text)
}
