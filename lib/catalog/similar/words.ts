import { phrases } from './phrases'
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
  'time since ago last past previous end begin start window period hour minute second year level type kind code flag is has index id day week month number data record row stamp'.split(
    ' ',
  ),
)

/** Units are compared as units; as words they would say that what is measured otherwise is another thing. */
const unitWords = new Set(
  'ms second minute hour km mile metre meter kilometre kilometer euro eur usd dollar cent gram kg kilogram tonne litre liter kwh mwh kb mb gb tb megabyte gigabyte celsius percent unit utc'.split(
    ' ',
  ),
)

/** A word without its plural or verb ending. Light on purpose: what it merges, a reader would merge. */
function stem(word: string): string {
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

/** What no list of words can say: other spellings of endings and signs. */
const spellings: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sign(?:ed|s|ing)?[-\s_]?ins?|log(?:ged|s|ging)?[-\s_]?ins?|log[-\s_]?ons?)\b/g, ' login '],
  [/\bper cent\b|%/g, ' percent '],
  [/°\s?c\b/g, ' celsius '],
  [/€/g, ' euro '],
]

const between = '[^\\p{L}\\p{N}]+'
const standsFor = new Map(phrases)
const expressions = new RegExp(
  `(?<![\\p{L}\\p{N}])(${[...standsFor.keys()]
    .sort((one, other) => other.length - one.length)
    .map((phrase) => phrase.split(' ').join(`(?:s|es)?${between}`))
    .join('|')})(?:s|es)?(?![\\p{L}\\p{N}])`,
  'gu',
)

/** An expression as the list has it: in the singular, a space between its words. */
function listed(found: string): string | undefined {
  const words = found.split(/[^\p{L}\p{N}]+/u)
  const plain = words.join(' ')
  return (
    standsFor.get(plain) ??
    standsFor.get(words.map((word) => word.replace(/e?s$/, '')).join(' ')) ??
    standsFor.get(words.map((word) => word.replace(/s$/, '')).join(' '))
  )
}

/** A text as words: split at everything that is no letter or digit, and where letters meet digits. */
export function wordsOf(text: string): string[] {
  let plain = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  for (const [spelling, word] of spellings) plain = plain.replace(spelling, word)
  plain = plain.replace(expressions, (found) => ` ${listed(found) ?? found} `)
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !stopWords.has(word))
}

/** The concepts of a text, each with how much it says: 1, or less for a word that only says how it is measured. */
export function conceptsOf(text: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const word of wordsOf(text)) {
    if (/\d/.test(word) || unitWords.has(word.replace(/s$/, ''))) continue
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

const spelledNumbers =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen'.split(' ')
const tens: Record<string, number> = { thirty: 30, sixty: 60, ninety: 90, hundred: 100 }

/** Numbers in words as digits, where a window follows them. */
const withDigits = (text: string): string =>
  text.replace(/\b([a-z]+)(?=[\s-](?:hour|day|week|month|quarter|year)s?\b)/g, (word) => {
    const place = spelledNumbers.indexOf(word)
    return place > 0 ? String(place) : word in tens ? String(tens[word]) : word
  })

const daysOf: Record<string, number> = { h: 1 / 24, d: 1, w: 7, m: 30, y: 365 }
const spans: readonly (readonly [RegExp, (match: RegExpMatchArray) => number])[] = [
  [
    /(?<![a-z]{3})(\d+)[\s_-]*(h|d|w|m|y)(?![a-z])/g,
    ([, count, unit]) => Number(count) * (daysOf[unit ?? ''] ?? 0),
  ],
  [
    /(\d+)[\s_-]*(hour|day|week|month|year)/g,
    ([, count, unit]) => Number(count) * (daysOf[unit?.[0] ?? ''] ?? 0),
  ],
  [
    /\b(?:last|past|previous|trailing|within the|a|per|each)[\s_](hour|day|week|month|year)\b/g,
    ([, unit]) => daysOf[unit?.[0] ?? ''] ?? 0,
  ],
  [/_(hour|day|week|month|year)\b/g, ([, unit]) => daysOf[unit?.[0] ?? ''] ?? 0],
]

/** The windows that a text speaks of, in days. */
export function windowDaysOf(text: string): number[] {
  const plain = withDigits(text.toLowerCase())
  return [...new Set(spans.flatMap(([pattern, days]) => [...plain.matchAll(pattern)].map(days)))]
}

/** A unit: what it measures, and how many of the dimension's first unit it is. */
export interface Unit {
  name: string
  dimension: string
  factor: number
}

const units: readonly (readonly [RegExp, string, string, number])[] = [
  [/\b(?:ms|milliseconds?)\b/, 'milliseconds', 'time', 0.001],
  [/\bseconds?\b|\bsecs?\b/, 'seconds', 'time', 1],
  [/\bmin(?:ute)?s?\b/, 'minutes', 'time', 60],
  [/\bhours?\b|\bhrs?\b/, 'hours', 'time', 3600],
  [/\bdays?\b/, 'days', 'time', 86_400],
  [/\bweeks?\b/, 'weeks', 'time', 604_800],
  [/\bmonths?\b/, 'months', 'time', 2_629_800],
  [/\byears?\b/, 'years', 'time', 31_557_600],
  [/\bmet(?:re|er)s?\b/, 'metres', 'length', 1],
  [/\bkm\b|\bkilomet(?:re|er)s?\b/, 'kilometres', 'length', 1000],
  [/\bmiles?\b/, 'miles', 'length', 1609.344],
  [/\bcents\b/, 'cents', 'money', 0.01],
  [/€|\beuros?\b|\beur\b/, 'euros', 'money', 1],
  [/\$|\bdollars?\b|\busd\b/, 'dollars', 'dollars', 1],
  [/\bgrams?\b/, 'grams', 'mass', 0.001],
  [/\bkg\b|\bkilograms?\b|\bkilos?\b/, 'kilograms', 'mass', 1],
  [/\btonnes?\b|\btons?\b/, 'tonnes', 'mass', 1000],
  [/\blit(?:re|er)s?\b/, 'litres', 'volume', 1],
  [/\bkwh\b|\bkilowatt[- ]hours?\b/, 'kilowatt hours', 'energy', 1],
  [/\bmwh\b/, 'megawatt hours', 'energy', 1000],
  [/\bkb\b|\bkilobytes?\b/, 'kilobytes', 'data', 0.001],
  [/\bmb\b|\bmegabytes?\b/, 'megabytes', 'data', 1],
  [/\bgb\b|\bgigabytes?\b/, 'gigabytes', 'data', 1000],
  [/\btb\b|\bterabytes?\b/, 'terabytes', 'data', 1_000_000],
  [/\bcelsius\b|°\s?c\b/, 'degrees', 'temperature', 1],
  [/\bpoints?\b/, 'points', 'points', 1],
]

/** The units that a text speaks of, beside those of its windows. */
export function unitsOf(text: string): Unit[] {
  const plain = text
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(
      /\b(?:last|past|previous|trailing|over|of the|within)\s+(?:the\s+)?(?:[a-z]+-?|\d+)?\s*(?:hour|day|week|month|quarter|year)s?\b/g,
      ' ',
    )
    .replace(
      /\b(?:on|of|during|by|at|that|the|a|per|in a)\s+(?:the\s+)?(?:end of (?:the )?)?(?:day|week|month)s?\b/g,
      ' ',
    )
    .replace(/\b\d+\s*(?:hour|day|week|month|year)s?\b/g, ' ')
  return units.flatMap(([pattern, name, dimension, factor]) =>
    pattern.test(plain) ? [{ name, dimension, factor }] : [],
  )
}
