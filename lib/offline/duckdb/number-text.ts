const allDigits = (x: string) => `replace(regexp_extract(${x}, '[\\d.]+'), '.', '')`

/** The digits of a number's text between its zeros at both ends; '' is zero. */
const digits = (x: string) => `trim(${allDigits(x)}, '0')`

/** The power of ten of the last digit that is no zero; null for zero, which has none. */
export function lastPlace(x: string): string {
  const upToLast = `nullif(rtrim(${allDigits(x)}, '0'), '')`
  const fraction = `length(regexp_extract(${x}, '\\.(\\d*)', 1))`
  const power = `coalesce(TRY_CAST(regexp_extract(${x}, '[eE](.*)$', 1) AS INTEGER), 0)`
  return `${power} - ${fraction} + length(${allDigits(x)}) - length(${upToLast})`
}

/** Whether a text says the same number as another text of the float that is nearest to it. */
export const isSameNumber = (x: string, y: string): string => `${digits(x)} = ${digits(y)}`

/** The shortest text that reads back as the float32; the engine writes out the digits of large ones. */
export function shortestFloat(value: string): string {
  const text = (places: number) => `format('{:.${places}e}', CAST(${value} AS DOUBLE))`
  const readsBack = (places: number) =>
    `WHEN CAST(CAST(${text(places)} AS DOUBLE) AS FLOAT) = ${value} THEN ${text(places)}`
  return `CASE ${[5, 6, 7].map(readsBack).join(' ')} ELSE ${text(8)} END`
}
