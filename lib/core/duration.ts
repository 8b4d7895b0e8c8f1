const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
/** Longest duration: what fits the registry's integer columns (68 years). */
const longestSeconds = 2_147_483_647

/** Seconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds (months and years have no fixed length); null otherwise. */
export function durationSeconds(text: string): number | null {
  const match = pattern.exec(text)
  if (!match || text === 'P' || text.endsWith('T')) return null
  const [, weeks, days, hours, minutes, seconds] = match.map((part) => Number(part ?? 0))
  const total =
    (weeks ?? 0) * 604_800 + (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
  return total <= longestSeconds ? total : null
}

/** ISO 8601 text of a number of seconds, e.g. 2592000 → `P30D`. */
export function formatDuration(totalSeconds: number): string {
  const days = Math.floor(totalSeconds / 86_400)
  const rest = totalSeconds % 86_400
  const hours = Math.floor(rest / 3600)
  const minutes = Math.floor((rest % 3600) / 60)
  const seconds = rest % 60
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`
  if (days === 0 && time === '') return 'PT0S'
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`
}

const spoken = /^(\d+)\s*(w|weeks?|d|days?|h|hours?|min|minutes?|s|seconds?)$/i

/** "30 days", "12h" or "1 week" as ISO 8601; any other text as it is, for `durationSeconds` to judge. */
export function durationAsTyped(text: string): string {
  const typed = text.trim()
  const [, amount, unit = ''] = spoken.exec(typed) ?? []
  if (amount === undefined) return typed
  const letter = unit.charAt(0).toUpperCase()
  return `P${letter === 'W' || letter === 'D' ? '' : 'T'}${Number(amount)}${letter}`
}
