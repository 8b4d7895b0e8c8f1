import { conceptOf, isKnownWord } from './thesaurus'

const stopWords = new Set(
  `a an and are as at be been by did do does each else for from had has have he her his how if in into is it its
   most much no not of off on once one only or our over own per she so some than that the their them then there
   these they this those to until up was we were what when where whether which while who whom whose will with
   within would you any all more less other also both between during empty never null true false yes value
   values feature column somebody something anything given seen come came back counts stated kept saw`.split(
    /\s+/,
  ),
)

/** Words that say how something is measured and little of what. */
const faint = new Set(
  'time since ago last past previous end begin start window period hour minute second year level type kind code flag is has score index id day week month number data record row stamp'.split(
    ' ',
  ),
)

/** A word without its plural or verb ending. Light on purpose: what it merges, a reader would merge. */
export function stem(word: string): string {
  if (isKnownWord(word) || word.length < 4) return word
  const bare = [
    [/ies$/, 'y'],
    [/(ss|us|is)$/, '$1'],
    [/([^aeious])es$/, '$1e'],
    [/s$/, ''],
    [/(..[^aeiou])ing$/, '$1'],
    [/(..[^aeiou])ed$/, '$1'],
  ] as const
  for (const [ending, instead] of bare) {
    if (!ending.test(word)) continue
    const shorter = word.replace(ending, instead)
    if (isKnownWord(shorter) || isKnownWord(`${shorter}e`))
      return isKnownWord(shorter) ? shorter : `${shorter}e`
    return shorter.replace(/([^aeiouls])\1$/, '$1')
  }
  return word
}

const phrases: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sign(?:ed|s|ing)?[-\s_]?ins?|log(?:ged|s|ging)?[-\s_]?ins?|log[-\s_]?ons?)\b/g, ' login '],
  [/\bhow many(?: times)?\b/g, ' count '],
  [/\bhow long\b/g, ' duration '],
  [/\bper cent\b|%/g, ' percent '],
  [/°\s?c\b|\bcelsius\b/g, ' celsius '],
  [/\bnot renewed\b|\bdid not come back\b/g, ' churn '],
  [/€|\beuros?\b|\beur\b/g, ' eur '],
]

/** A text as words: split at everything that is no letter or digit, and where letters meet digits. */
export function wordsOf(text: string): string[] {
  let plain = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  for (const [phrase, word] of phrases) plain = plain.replace(phrase, word)
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !stopWords.has(word))
}

/** The concepts of a text, each with how much it says: 1, or less for a word that only says how it is measured. */
export function conceptsOf(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const word of wordsOf(text)) {
    if (/\d/.test(word)) continue
    const concept = conceptOf(stem(word))
    found.set(concept, faint.has(word) || faint.has(concept) ? 0.3 : 1)
  }
  return found
}

const aggregates = new Set([
  'count',
  'mean',
  'sum',
  'maximum',
  'minimum',
  'median',
  'deviation',
  'ratio',
  'distinct',
])

/** How the rows of a window become one value, as far as the words say. */
export const aggregatesOf = (concepts: ReadonlyMap<string, number>): string[] =>
  [...concepts.keys()].filter((concept) => aggregates.has(concept))

export const isAggregate = (concept: string): boolean => aggregates.has(concept)

const daysOf: Record<string, number> = { h: 1 / 24, d: 1, w: 7, m: 30, y: 365 }
const spans: readonly (readonly [RegExp, (match: RegExpMatchArray) => number])[] = [
  [/(\d+)[\s_-]*(h|d|w|m|y)(?![a-z])/g, ([, count, unit]) => Number(count) * (daysOf[unit ?? ''] ?? 0)],
  [
    /(\d+)[\s_-]*(hour|day|week|month|year)/g,
    ([, count, unit]) => Number(count) * (daysOf[unit?.[0] ?? ''] ?? 0),
  ],
  [
    /\b(?:last|past|previous|within the|the last|a|over the last)[\s_](hour|day|week|month|year)\b/g,
    ([, unit]) => daysOf[unit?.[0] ?? ''] ?? 0,
  ],
  [/_(hour|day|week|month|year)\b/g, ([, unit]) => daysOf[unit?.[0] ?? ''] ?? 0],
]

/** The windows that a text speaks of, in days. */
export function windowDaysOf(text: string): number[] {
  const plain = text.toLowerCase()
  return [...new Set(spans.flatMap(([pattern, days]) => [...plain.matchAll(pattern)].map(days)))]
}

const units: readonly (readonly [RegExp, string])[] = [
  [/\bmin(?:ute)?s?\b/, 'minutes'],
  [/\bhours?\b/, 'hours'],
  [/\bseconds?\b|\bsecs?\b/, 'seconds'],
  [/\bmonths?\b/, 'months'],
  [/\byears?\b/, 'years'],
  [/\bkm\b|\bkilomet(?:re|er)s?\b/, 'kilometres'],
  [/\bmiles?\b/, 'miles'],
  [/€|\beuros?\b|\beur\b/, 'euros'],
  [/\$|\bdollars?\b|\busd\b/, 'dollars'],
  [/\bkg\b|\bkilograms?\b/, 'kilograms'],
  [/\blit(?:re|er)s?\b/, 'litres'],
  [/\bkwh\b/, 'kilowatt hours'],
  [/\bcelsius\b|°\s?c\b/, 'degrees'],
  [/\bdays?\b/, 'days'],
]

/** The units that a text speaks of, beside those of its windows. */
export function unitsOf(text: string): string[] {
  const plain = text
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\b(?:last|past|previous|over|of the)\s+(?:\d+\s+)?(?:hour|day|week|month|year)s?\b/g, ' ')
    .replace(/\b(?:on|of|during|by|at|that|the)\s+(?:the\s+)?(?:end of (?:the )?)?days?\b/g, ' ')
  return units.flatMap(([pattern, unit]) => (pattern.test(plain) ? [unit] : []))
}
