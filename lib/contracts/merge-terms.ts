import type { GroupTerms } from '@/db/schema'

/** Members of a list by their name: what comes later takes the place of what has its name, the rest joins. */
function merged<T>(from: T[] | undefined, to: T[] | undefined, nameOf: (one: T) => string): T[] | undefined {
  if (!from || !to) return to ?? from
  const names = new Set(to.map(nameOf))
  return [...from.filter((one) => !names.has(nameOf(one))), ...to]
}

/** Terms with others added; where both state one, the others'. */
export function mergeTerms(terms: GroupTerms, added: GroupTerms): GroupTerms {
  const all: GroupTerms = {
    ...terms,
    ...added,
    freshness:
      terms.freshness && added.freshness
        ? { ...terms.freshness, ...added.freshness }
        : (added.freshness ?? terms.freshness),
    rows: terms.rows && added.rows ? { ...terms.rows, ...added.rows } : (added.rows ?? terms.rows),
    checks: merged(terms.checks, added.checks, ({ name }) => name),
    unique: merged(terms.unique, added.unique, ({ columns }) => columns.join(', ')),
    null_share: merged(terms.null_share, added.null_share, ({ feature }) => feature),
  }
  // Terms hold only what JSON holds; what is not stated is left out, so that two equal contracts look alike.
  return JSON.parse(JSON.stringify(all)) as GroupTerms
}
