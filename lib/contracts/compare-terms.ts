import type { ContractTexts, GroupTerms } from '@/db/schema'
import { durationSeconds } from '@/lib/core/duration'

/** `less`: those who read are promised less than before, or something that only they can judge. */
export interface TermChange {
  term: string
  old: string | null
  new: string | null
  effect: 'more' | 'less' | 'same'
}

interface Stated {
  text: string
  warns: boolean
  /** The smaller, the more is promised; null: a statement that is as it is. */
  looseness: number | null
}

type Terms = Map<string, Stated>

const boundsOf = (
  terms: Terms,
  name: string,
  bounds: { min?: number | undefined; max?: number | undefined } | undefined,
  warns: boolean,
) => {
  if (bounds?.min !== undefined)
    terms.set(`${name}.min`, { text: `at least ${bounds.min} rows`, warns, looseness: -bounds.min })
  if (bounds?.max !== undefined)
    terms.set(`${name}.max`, { text: `at most ${bounds.max} rows`, warns, looseness: bounds.max })
}

/** Each promise by its name, with how it is enforced. */
function statedTerms(all: GroupTerms): Terms {
  const terms: Terms = new Map()
  const warnsOf = (own: string | undefined) => (own ?? all.enforcement ?? 'strict') === 'warn'
  const { freshness, rows } = all
  const warns = warnsOf(freshness?.enforcement)
  if (freshness?.max_age)
    terms.set('freshness.max_age', {
      text: `newest event at most ${freshness.max_age} old`,
      warns,
      looseness: durationSeconds(freshness.max_age),
    })
  if (freshness?.by)
    terms.set('freshness.by', {
      text: `rows each day by ${freshness.by} UTC`,
      warns,
      looseness: Number(freshness.by.replace(':', '')),
    })
  if (freshness?.at_commit)
    terms.set('freshness.at_commit', { text: 'each batch is held to the age', warns, looseness: null })
  for (const { name, expression, enforcement } of all.checks ?? [])
    terms.set(`checks.${name}`, { text: expression, warns: warnsOf(enforcement), looseness: null })
  for (const { columns, enforcement } of all.unique ?? []) {
    const name = columns.join(', ')
    terms.set(`unique.(${name})`, {
      text: `no two rows of a batch have the same (${name})`,
      warns: warnsOf(enforcement),
      looseness: null,
    })
  }
  boundsOf(terms, 'rows.per_commit', rows?.per_commit, warnsOf(rows?.enforcement))
  boundsOf(terms, 'rows.per_day', rows?.per_day, warnsOf(rows?.enforcement))
  for (const { feature, max, enforcement } of all.null_share ?? [])
    terms.set(`null_share.${feature}`, {
      text: `at most ${Number((max * 100).toPrecision(6))} % null a day`,
      warns: warnsOf(enforcement),
      looseness: max,
    })
  return terms
}

const shown = (stated: Stated | undefined): string | null =>
  stated ? `${stated.text}${stated.warns ? ' (warned of)' : ''}` : null

function effectOf(from: Stated | undefined, to: Stated | undefined): TermChange['effect'] {
  if (!from) return 'more'
  if (!to || (!from.warns && to.warns)) return 'less'
  if (from.looseness !== null && to.looseness !== null && from.looseness !== to.looseness)
    return to.looseness > from.looseness ? 'less' : 'more'
  // Another statement may be stronger or weaker: only its readers can tell.
  if (from.text !== to.text) return 'less'
  return from.warns && !to.warns ? 'more' : 'same'
}

const texts = ['purpose', 'service_level', 'support', 'limitations'] as const

/** Who helps may change; what was agreed on in words is for the signers to read again. */
const textEffect = (name: (typeof texts)[number], from: string | undefined): TermChange['effect'] =>
  name === 'support' ? 'same' : from === undefined ? 'more' : 'less'

export interface Promised {
  terms: GroupTerms
  texts: ContractTexts
}

/** What differs from one contract to the next, as its readers feel it. */
export function compareContracts(from: Promised, to: Promised): TermChange[] {
  const [old, next] = [statedTerms(from.terms), statedTerms(to.terms)]
  const names = [...new Set([...old.keys(), ...next.keys()])]
  const changes = names.flatMap((term): TermChange[] => {
    const [before, after] = [shown(old.get(term)), shown(next.get(term))]
    if (before === after) return []
    return [{ term, old: before, new: after, effect: effectOf(old.get(term), next.get(term)) }]
  })
  const words = texts.flatMap((name): TermChange[] => {
    const [before, after] = [from.texts[name], to.texts[name]]
    if (before === after) return []
    return [{ term: name, old: before ?? null, new: after ?? null, effect: textEffect(name, before) }]
  })
  return [...changes, ...words]
}

/** Each promise in words, in the order in which they are kept. */
export const termWords = (
  terms: GroupTerms,
): { term: string; text: string; enforcement: 'strict' | 'warn' }[] =>
  [...statedTerms(terms)].map(([term, { text, warns }]) => ({
    term,
    text,
    enforcement: warns ? 'warn' : 'strict',
  }))

export function overallChange(changes: readonly TermChange[]): 'same' | 'more' | 'less' {
  if (changes.some(({ effect }) => effect === 'less')) return 'less'
  return changes.some(({ effect }) => effect === 'more') ? 'more' : 'same'
}
