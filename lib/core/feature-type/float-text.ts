/** The text of a double in JSON spelling, always with a point or an exponent: `2.0`, `1e+21`, `-0.0`. */
export function doubleText(value: number): string {
  if (Object.is(value, -0)) return '-0.0'
  const text = String(value)
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text
}

const smallestNormalFloat = 2 ** -126

/**
 * The shortest text that reads back the same float32. Six digits always suffice to find a text of six or fewer,
 * since decimals of six digits lie further apart than floats do; nine digits always read back.
 */
export function floatText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 16_777_216) return doubleText(value)
  const first = Math.abs(value) < smallestNormalFloat ? 1 : 6
  for (let digits = first; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return doubleText(short)
  }
  return doubleText(Number(value.toPrecision(9)))
}

/** NaN, Infinity and -Infinity have no JSON number: they are these strings. */
export const isSpecialFloat = (value: number): boolean => !Number.isFinite(value)
