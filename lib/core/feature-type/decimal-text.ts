/** A decimal number taken apart: value = ±digits × 10^exponent; digits has no zeros at its ends, '' is zero. */
export interface DecimalParts {
  negative: boolean
  digits: string
  exponent: number
}

const decimalPattern = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/

/** Takes apart the text of a decimal number (no spaces, no leading plus); null when it is none. */
function splitDecimal(text: string): DecimalParts | null {
  const match = decimalPattern.exec(text)
  if (!match) return null
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const all = whole + fraction
  let start = 0
  while (start < all.length && all.charCodeAt(start) === 48) start++
  let end = all.length
  while (end > start && all.charCodeAt(end - 1) === 48) end--
  if (start === end) return { negative: sign === '-', digits: '', exponent: 0 }
  const exponent = Number(power) - fraction.length + (all.length - end)
  return { negative: sign === '-', digits: all.slice(start, end), exponent }
}

const sameValue = (a: DecimalParts, b: DecimalParts) =>
  a.digits === b.digits && (a.digits === '' || (a.exponent === b.exponent && a.negative === b.negative))

/** Whether the shortest text of the double nearest to `text` states the same number as `text` does. */
export function doubleHoldsText(text: string): boolean {
  const parts = splitDecimal(text)
  const nearest = Number(text)
  if (!parts || !Number.isFinite(nearest)) return false
  const shortest = splitDecimal(String(nearest))
  return shortest !== null && sameValue(parts, shortest)
}

/** The integer that the text states exactly ("12", "12.0", "1.2e1"), or null when it states none. */
export function exactInteger(text: string): bigint | null {
  const parts = splitDecimal(text)
  if (!parts || parts.exponent < 0) return null
  if (parts.digits === '') return 0n
  if (parts.digits.length + parts.exponent > 400) return null
  const magnitude = BigInt(parts.digits + '0'.repeat(parts.exponent))
  return parts.negative ? -magnitude : magnitude
}

/**
 * The text of a decimal with exactly `scale` fraction digits, e.g. "12.30".
 * 'type' when the text is no number, 'scale' or 'range' when (precision, scale) cannot hold it exactly.
 */
export function fixedDecimal(
  text: string,
  precision: number,
  scale: number,
): { text: string } | 'type' | 'scale' | 'range' {
  const parts = splitDecimal(text)
  if (!parts) return 'type'
  if (parts.digits === '') return { text: scale === 0 ? '0' : `0.${'0'.repeat(scale)}` }
  if (parts.exponent < -scale) return 'scale'
  if (parts.digits.length + parts.exponent > precision - scale) return 'range'
  const unscaled = (parts.digits + '0'.repeat(parts.exponent + scale)).padStart(scale + 1, '0')
  const whole = unscaled.slice(0, unscaled.length - scale)
  const sign = parts.negative ? '-' : ''
  return { text: scale === 0 ? sign + whole : `${sign}${whole}.${unscaled.slice(unscaled.length - scale)}` }
}

/**
 * The number that the text states, times 10^scale, rounded towards the side named; null when the text is no number or
 * takes more than 400 digits.
 */
export function scaledInteger(text: string, scale: number, side: 'ceil' | 'floor'): bigint | null {
  const parts = splitDecimal(text)
  if (!parts) return null
  if (parts.digits === '') return 0n
  const power = parts.exponent + scale
  if (parts.digits.length + Math.abs(power) > 400) return null
  if (power >= 0) {
    const magnitude = BigInt(parts.digits + '0'.repeat(power))
    return parts.negative ? -magnitude : magnitude
  }
  const whole = BigInt(parts.digits.slice(0, power) || '0')
  // What is cut off is not zero: digits end in none.
  const away = side === 'ceil' ? !parts.negative : parts.negative
  const magnitude = whole + (away ? 1n : 0n)
  return parts.negative ? -magnitude : magnitude
}

/** Negative, zero or positive as the first number is less than, equal to or greater than the second. */
export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(0, -(splitDecimal(a)?.exponent ?? 0), -(splitDecimal(b)?.exponent ?? 0))
  const [left, right] = [scaledInteger(a, scale, 'floor'), scaledInteger(b, scale, 'floor')]
  if (left === null || right === null) return Number(a) - Number(b)
  return left < right ? -1 : left > right ? 1 : 0
}
