/** Whether both sides have rows to compare, judged on values that are neither missing nor infinite. */
export type DataStatus = 'ok' | 'no_data_reference' | 'no_data_current' | 'no_data_both'

export function dataStatus(referenceRows: number, windowRows: number): DataStatus {
  if (referenceRows === 0) return windowRows === 0 ? 'no_data_both' : 'no_data_reference'
  return windowRows === 0 ? 'no_data_current' : 'ok'
}

/** A numeric column: `rows` = finite + missing (null or NaN) + infinite. `sorted` holds the finite values. */
export interface NumericSample {
  rows: number
  missing: number
  infinite: number
  sorted: Float64Array
}

/** Sorts a column's finite values ascending and counts the others. -0 and 0 are one value. */
export function readNumericSample(values: readonly (number | null)[]): NumericSample {
  const finite: number[] = []
  let missing = 0
  for (const value of values) {
    if (value === null || Number.isNaN(value)) missing += 1
    else if (Number.isFinite(value)) finite.push(value)
  }
  const infinite = values.length - missing - finite.length
  return { rows: values.length, missing, infinite, sorted: Float64Array.from(finite).sort() }
}

/** Number of different values in ascending values. */
export function distinctCount(sorted: Float64Array): number {
  let count = 0
  for (const [i, value] of sorted.entries()) if (i === 0 || value !== sorted[i - 1]) count += 1
  return count
}

/** Rows of each category by exact equality; missing values are counted apart. */
export interface CategorySample<T> {
  rows: number
  missing: number
  counts: Map<T, number>
}

export function readCategorySample<T extends string | boolean>(
  values: readonly (T | null)[],
): CategorySample<T> {
  const counts = new Map<T, number>()
  let missing = 0
  for (const value of values) {
    if (value === null) missing += 1
    else counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return { rows: values.length, missing, counts }
}

/** Share of missing rows; null for a side without rows. */
export const nullRate = (missing: number, rows: number): number | null => (rows === 0 ? null : missing / rows)
