import type { HitResource } from './operations'
import type { Terms } from './terms'

type Range = HitResource['highlight']['name'][number]
type Match = HitResource['match']

const wordStarts = /[\p{L}\p{N}]+/gu

/** Where words of the text begin with one of the query's words; at most ten places. */
export function highlightRanges(text: string, words: string[]): Range[] {
  const ranges: Range[] = []
  const lower = text.toLowerCase()
  for (const found of lower.matchAll(wordStarts)) {
    const start = found.index
    const longest = words
      .filter((word) => found[0].startsWith(word))
      .reduce((most, word) => Math.max(most, word.length), 0)
    if (longest > 0) ranges.push([start, start + longest])
    if (ranges.length === 10) break
  }
  return ranges
}

const quoted = (words: string[]) => words.map((word) => `“${word}”`).join(', ')

interface Found {
  description: string
  entity: string | null
  tags: string[]
}

function meaning({ description, entity, tags }: Found, words: string[]): string {
  const tag = tags.find((one) => words.some((word) => highlightRanges(one, [word]).length > 0))
  if (tag) return `tagged ${tag}`
  if (entity && words.some((word) => entity.startsWith(word))) return `describes ${entity}`
  return highlightRanges(description, words).length > 0
    ? `description mentions ${quoted(words)}`
    : 'description has a form of the words'
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
      return meaning(found, terms.words)
  }
}
