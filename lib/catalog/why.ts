import type { HitResource } from './operations'
import type { Concept, Terms } from './terms'

type Range = HitResource['highlight']['name'][number]
type Match = HitResource['match']

const mostRanges = 10
const wordStarts = /[\p{L}\p{N}]+/gu

/** Where words of the text begin with one of the query's words, or are another word for it; at most ten places. */
export function highlightRanges(
  text: string,
  words: readonly string[],
  synonyms: ReadonlySet<string> = new Set(),
): Range[] {
  const ranges: Range[] = []
  for (const found of text.matchAll(wordStarts)) {
    const lower = found[0].toLowerCase()
    const longest = words.reduce(
      (most, word) => (lower.startsWith(word) ? Math.max(most, word.length) : most),
      0,
    )
    const isSynonym = synonyms.has(lower) || synonyms.has(lower.replace(/s$/, ''))
    const length = isSynonym ? lower.length : longest
    if (length > 0) ranges.push([found.index, found.index + Math.min(length, found[0].length)])
    if (ranges.length === mostRanges) break
  }
  return ranges
}

const quoted = (words: readonly string[]) => words.map((word) => `“${word}”`).join(', ')

interface Found {
  name: string
  description: string
  entity: string | null
  domain: string | null
  team: string
  tags: string[]
}

const holds = (text: string | null, { word, synonyms }: Concept): boolean =>
  text !== null && highlightRanges(text, [word], new Set(synonyms)).length > 0

const wordsIn = (text: string) => new Set(text.toLowerCase().match(wordStarts))

/** The word of a text that stands for what was typed otherwise. */
function otherWord(text: string, { word, synonyms, phrases }: Concept): string | null {
  const said = wordsIn(text)
  if ([...said].some((one) => one.startsWith(word))) return null
  const single = synonyms.find((one) => said.has(one) || said.has(`${one}s`))
  return single ?? phrases.find((phrase) => text.toLowerCase().includes(phrase)) ?? null
}

function ofText(field: string, text: string, concepts: readonly Concept[]): string | null {
  const typed = concepts.filter(({ word }) => highlightRanges(text, [word]).length > 0)
  if (typed.length > 0)
    return `${field} ${field === 'name' ? 'holds' : 'mentions'} ${quoted(typed.map(({ word }) => word))}`
  for (const concept of concepts) {
    const other = otherWord(text, concept)
    if (other !== null) return `${field} says “${other}” for “${concept.word}”`
  }
  return null
}

function meaning(found: Found, concepts: readonly Concept[]): string {
  const tag = found.tags.find((one) => concepts.some((concept) => holds(one, concept)))
  if (tag) return `tagged ${tag}`
  if (concepts.some((concept) => holds(found.entity, concept))) return `describes ${found.entity}`
  const said = ofText('description', found.description, concepts) ?? ofText('name', found.name, concepts)
  if (said !== null) return said
  if (concepts.some((concept) => holds(found.domain, concept))) return `of the domain ${found.domain}`
  if (concepts.some((concept) => holds(found.team, concept))) return `owned by ${found.team}`
  return 'description has a form of the words'
}

/** Why an asset was found, in words for a person. `asked`: the query as typed, when another one was understood. */
export function whyFound(match: Match, found: Found, terms: Terms, asked: string | null): string {
  switch (match) {
    case 'none':
      return ''
    case 'exact':
      return 'exact name'
    case 'prefix':
      return `name begins with “${terms.text}”`
    case 'words':
      return `name holds ${quoted(terms.words)}`
    case 'misspelling':
      return `spelled like “${asked ?? terms.text}”`
    case 'meaning':
      return meaning(found, terms.concepts)
  }
}
