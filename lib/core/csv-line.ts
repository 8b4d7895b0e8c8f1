/** Digits of a number that a double may not hold. */
export interface NumberCell {
  digits: string
}

export type CsvCell = string | number | boolean | null | undefined | NumberCell

/** A text that a spreadsheet would take for a formula, spaces before it or none, gets a quote before it. */
function cellText(value: CsvCell): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return value.digits
  const text = typeof value === 'string' && /^(?:\s*[=+\-@]|[\t\r])/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of a CSV export that people open in a spreadsheet; an absent value is an empty cell. */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cellText).join(',')}\n`
