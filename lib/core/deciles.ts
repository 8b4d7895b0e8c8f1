const shares = [0.1, 0.25, 0.5, 0.75, 0.9]

/** Values at 0.1, 0.25, 0.5, 0.75 and 0.9 by their share, read between the nine deciles; null without all nine. */
export function quantilesOfDeciles(
  deciles: readonly number[] | null | undefined,
): Record<string, number> | null {
  if (deciles?.length !== 9) return null
  const at = (share: number): number => {
    const place = share * 10 - 1
    const [low = 0, high = low] = [deciles[Math.floor(place)], deciles[Math.ceil(place)]]
    return low + (high - low) * (place - Math.floor(place))
  }
  return Object.fromEntries(shares.map((share) => [String(share), at(share)]))
}
