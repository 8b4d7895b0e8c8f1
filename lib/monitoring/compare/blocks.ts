/** More blocks than these, evenly chosen, tell no more of the 99th percentile than they cost. */
const MOST_BLOCKS = 100

/**
 * Whole blocks of `length` neighbouring rows, in the order given. None where fewer than two fit, and none of rows
 * that are sorted, since then neighbours are alike by the sorting and not by time.
 */
export function blocksOf<T>(rows: readonly T[], length: number): T[][] {
  const count = length === 0 ? 0 : Math.floor(rows.length / length)
  if (count < 2 || isSorted(rows)) return []
  const taken = Math.min(count, MOST_BLOCKS)
  return Array.from({ length: taken }, (_, i) => {
    const start = Math.floor((i * count) / taken) * length
    return rows.slice(start, start + length)
  })
}

/** Numbers that only rise or only fall, or equal values that all stand side by side. */
function isSorted(rows: readonly unknown[]): boolean {
  const present = rows.filter((row) => row !== null && !Number.isNaN(row))
  if (present.every((row) => typeof row === 'number')) return isMonotone(present)
  const changes = present.filter((row, i) => i === 0 || row !== present[i - 1]).length
  return changes === new Set(present).size
}

function isMonotone(numbers: readonly number[]): boolean {
  const before = (i: number) => numbers[i - 1] ?? Number.NaN
  const rises = numbers.every((x, i) => i === 0 || x >= before(i))
  return rises || numbers.every((x, i) => i === 0 || x <= before(i))
}
