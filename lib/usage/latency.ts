/** The upper end of the first bucket. */
const firstMilliseconds = 0.05
const bucketsADoubling = 4

/** From 0.05 ms to three and a half minutes; what takes longer is in the last one. */
export const latencyBuckets = 88

/** Where a duration is counted: each bucket ends 19 % (a quarter of a doubling) above the one before. */
export function bucketOf(milliseconds: number): number {
  if (!(milliseconds > firstMilliseconds)) return 0
  const place = Math.ceil(Math.log2(milliseconds / firstMilliseconds) * bucketsADoubling)
  return Math.min(place, latencyBuckets - 1)
}

const endOf = (bucket: number): number => firstMilliseconds * 2 ** (bucket / bucketsADoubling)

/**
 * The duration in milliseconds below which the share of the requests stayed (0.5: the median), by even growth within
 * its bucket, so at most 19 % off; null of no request. Buckets count from zero.
 */
export function latencyQuantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  const wanted = total * share
  let before = 0
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && before + count >= wanted) {
      const within = (wanted - before) / count
      return bucket === 0 ? firstMilliseconds * within : endOf(bucket - 1 + within)
    }
    before += count
  }
  return endOf(counts.length - 1)
}
