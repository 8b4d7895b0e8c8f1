/** Maps a value to 0…1 between the ends of a domain, clamped. A domain without width maps to the middle. */
export function toUnit(value: number, [low, high]: readonly [number, number]): number {
  if (high === low) return 0.5
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}

const factors = [1, 2, 5]

/** The finest round numbers (steps of 1, 2 or 5 × 10ⁿ) that lie within low…high and are at most `most`. */
export function niceTicks(low: number, high: number, most = 4): number[] {
  if (!(Number.isFinite(low) && Number.isFinite(high)) || high < low) return []
  if (low === high) return [low]
  const start = Math.floor(Math.log10((high - low) / most))
  for (let power = start; ; power += 1) {
    for (const factor of factors) {
      const step = factor * 10 ** power
      const first = Math.ceil(low / step - 1e-9)
      const last = Math.floor(high / step + 1e-9)
      if (last - first + 1 > most) continue
      return Array.from({ length: last - first + 1 }, (_, index) =>
        Number(((first + index) * step).toPrecision(12)),
      )
    }
  }
}

/** Moves positions (0…1 from the bottom) apart until neighbours are `gap` from each other; keeps the order. */
export function spread(positions: readonly number[], gap: number): number[] {
  const order = positions.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at)
  let floor = Number.NEGATIVE_INFINITY
  for (const item of order) {
    item.at = Math.max(item.at, floor)
    floor = item.at + gap
  }
  let ceiling = 1
  for (const item of order.toReversed()) {
    item.at = Math.min(item.at, ceiling)
    ceiling = item.at - gap
  }
  const moved = [...positions]
  for (const item of order) moved[item.index] = item.at
  return moved
}
