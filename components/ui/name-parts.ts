export interface NameParts {
  group: string | null
  /** "@2" or null. */
  version: string | null
  name: string
}

/** Takes `group@2:feature`, `group:feature`, `service@2` or a bare name apart. */
export function parseFullName(full: string): NameParts {
  const colon = full.indexOf(':')
  const left = colon < 0 ? full : full.slice(0, colon)
  const at = left.indexOf('@')
  const stem = at < 0 ? left : left.slice(0, at)
  const version = at < 0 ? null : left.slice(at)
  if (colon < 0) return { group: null, version, name: stem }
  return { group: stem, version, name: full.slice(colon + 1) }
}

/**
 * Splits a name where it may be cut: the head shrinks, the tail always shows, so that the cut is never at
 * the end (`mean_delay_7d` and `mean_delay_28d` stay apart). Prefers an underscore as the seam.
 */
export function splitForCut(text: string, tailLength = 8): [head: string, tail: string] {
  if (text.length <= tailLength + 4) return ['', text]
  const cut = text.length - tailLength
  const seam = text.indexOf('_', cut - 3)
  const at = seam >= 0 && seam <= cut + 3 ? seam : cut
  return [text.slice(0, at), text.slice(at)]
}
