/**
 * Members of every profile that this room stores. `format` rises when the meaning of what is stored changes: older
 * rows then count as not there and are computed anew.
 */
export const format = 2

export const stamped = <T extends object>(statistics: T): Record<string, unknown> => ({
  ...statistics,
  format,
})

/** What was stored, or null when it is of another format. Only this room writes these rows, by `stamped`. */
export function stored<T>(statistics: Record<string, unknown> | undefined): T | null {
  return statistics?.format === format ? (statistics as T) : null
}
