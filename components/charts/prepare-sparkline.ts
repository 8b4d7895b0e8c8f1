/** Path of a line through the values in a width × height box; null lifts the pen. Zero is the floor. */
export function prepareSparkline(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null)
  const low = Math.min(0, ...known)
  const span = Math.max(0, ...known) - low || 1
  const stepX = values.length > 1 ? (width - 2) / (values.length - 1) : 0
  let pen = false
  return values
    .map((value, index) => {
      if (value === null) {
        pen = false
        return ''
      }
      const at = `${(1 + index * stepX).toFixed(1)} ${(height - 1 - ((value - low) / span) * (height - 2)).toFixed(1)}`
      const command = pen ? 'L' : 'M'
      const alone = !pen && (values[index + 1] ?? null) === null
      pen = true
      return `${command}${at}${alone ? 'h.01' : ''}`
    })
    .join('')
}

/** Heights 0…1 of at most `most` bars, neighbours added together. */
export function prepareMiniBars(counts: readonly number[], most = 14): number[] {
  const size = Math.max(1, Math.ceil(counts.length / most))
  const merged: number[] = []
  for (let index = 0; index < counts.length; index += size) {
    merged.push(counts.slice(index, index + size).reduce((sum, count) => sum + count, 0))
  }
  const top = Math.max(0, ...merged)
  return merged.map((count) => (top > 0 ? count / top : 0))
}
