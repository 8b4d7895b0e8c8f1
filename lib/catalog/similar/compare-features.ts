import { parseFeatureType } from '@/lib/core/feature-type'
import { type Distribution, distributionLikeness, scaled } from './compare-distributions'
import { opposites } from './opposites'
import { conceptOf } from './thesaurus'
import { aggregatesOf, conceptsOf, isAggregate, type Unit, unitsOf, windowDaysOf, wordsOf } from './words'

/** What two features are compared by. */
export interface ComparedFeature {
  name: string
  description: string
  entity: string | null
  type: string
  expression?: string | null | undefined
  distribution?: Distribution | null | undefined
}

export const signalNames = ['name', 'meaning', 'entity', 'type', 'transformation', 'distribution'] as const
export type SignalName = (typeof signalNames)[number]

export interface Signal {
  signal: SignalName
  /** 0 to 1; null: not known of both. */
  likeness: number | null
  /** What it rests on, for people. */
  says: string
}

export interface Likeness {
  /** 0 to 1; from `sameMeaning` on they probably mean the same. */
  score: number
  signals: Signal[]
}

/** From here on two features are told to be the same. */
export const sameMeaning = 0.42

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const dot = [...a].reduce((sum, [concept, weight]) => sum + weight * (b.get(concept) ?? 0), 0)
  const norm = (of: ReadonlyMap<string, number>) =>
    Math.sqrt([...of.values()].reduce((sum, w) => sum + w * w, 0))
  const length = norm(a) * norm(b)
  return length === 0 ? 0 : dot / length
}

const trigrams = (text: string) => {
  const padded = `  ${text} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((one) => b.has(one)).length
  return a.size + b.size === 0 ? 0 : shared / (a.size + b.size - shared)
}

const shown = (words: Iterable<string>) => [...words].slice(0, 6).join(', ')

function nameSignal(a: ComparedFeature, b: ComparedFeature): Signal {
  const [x, y] = [conceptsOf(a.name), conceptsOf(b.name)]
  const shared = [...x.keys()].filter((concept) => y.has(concept))
  const likeness = a.name === b.name ? 1 : Math.max(cosine(x, y), overlap(trigrams(a.name), trigrams(b.name)))
  const says =
    a.name === b.name ? 'the same name' : shared.length > 0 ? `both say ${shown(shared)}` : 'different words'
  return { signal: 'name', likeness, says }
}

const wholeOf = ({ name, description }: ComparedFeature) => conceptsOf(`${description} ${name}`)

/** What is described: the words of description and name, without those that say how it is measured over time. */
function subjectOf(feature: ComparedFeature): Map<string, number> {
  const concepts = wholeOf(feature)
  // Every feature of a customer speaks of the customer.
  const entity = conceptOf(feature.entity ?? '')
  const share = (concept: string) => (concept === entity ? 0.15 : isAggregate(concept) ? 0.5 : 1)
  return new Map([...concepts].map(([concept, weight]) => [concept, weight * share(concept)]))
}

interface Measure {
  aggregates: string[]
  windows: number[]
  units: Unit[]
}

function measureOf({ name, description }: ComparedFeature): Measure {
  const text = `${name.replaceAll('_', ' ')} ${description}`
  return {
    aggregates: aggregatesOf(conceptsOf(text)),
    windows: windowDaysOf(`${name} ${description}`),
    units: unitsOf(text),
  }
}

const disagree = <T>(a: readonly T[], b: readonly T[]) =>
  a.length > 0 && b.length > 0 && !a.some((one) => b.includes(one))

/** A month is four weeks or thirty days. */
const sameWindow = (a: number, b: number) => Math.max(a, b) / Math.min(a, b) < 1.1

const days = (of: readonly number[]) =>
  of.map((one) => (one < 1 ? `${Math.round(one * 24)} h` : `${one} d`)).join(', ')

const names = (of: readonly Unit[]) => of.map(({ name }) => name).join(', ')

/** Words that stand for the opposite of one another, one on each side only. */
function opposed(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): string[] {
  const only = (one: string, other: string, of: typeof a, not: typeof a) =>
    of.has(one) && !of.has(other) && not.has(other) && !not.has(one)
  return opposites.flatMap(([one, other]) =>
    only(one, other, a, b) || only(other, one, a, b) ? [`${one} and ${other}`] : [],
  )
}

/** What contradicts that both are the same measure, with the factor by which it speaks against it. */
function contradictions(a: ComparedFeature, b: ComparedFeature): { factor: number; says: string }[] {
  const [x, y] = [measureOf(a), measureOf(b)]
  const said = opposed(wholeOf(a), wholeOf(b))
  const stated = x.windows.length > 0 && y.windows.length > 0
  const windowsDiffer = stated && !x.windows.some((one) => y.windows.some((other) => sameWindow(one, other)))
  const unitsDiffer =
    x.units.length > 0 &&
    y.units.length > 0 &&
    !x.units.some(({ dimension }) => y.units.some((other) => other.dimension === dimension))
  return [
    ...(windowsDiffer ? [{ factor: 0.6, says: `windows of ${days(x.windows)} and ${days(y.windows)}` }] : []),
    ...(disagree(x.aggregates, y.aggregates)
      ? [{ factor: 0.75, says: `${x.aggregates.join(', ')} and ${y.aggregates.join(', ')}` }]
      : []),
    ...(unitsDiffer ? [{ factor: 0.6, says: `${names(x.units)} and ${names(y.units)}` }] : []),
    ...(said.length > 0 ? [{ factor: 0.3, says: said.join(', ') }] : []),
  ]
}

/** By how much values of the one must be multiplied to be in the unit of the other; 1 where no unit says so. */
function scaleBetween(a: ComparedFeature, b: ComparedFeature): number {
  const [[x, ...moreX], [y, ...moreY]] = [measureOf(a).units, measureOf(b).units]
  if (!x || !y || moreX.length + moreY.length > 0 || x.dimension !== y.dimension) return 1
  return x.factor / y.factor
}

/**
 * What the descriptions say beyond a name that both have: when two features are called the same, what they share by
 * that says nothing.
 */
function beyondName(a: ComparedFeature, b: ComparedFeature) {
  const shared = new Set([...conceptsOf(a.name).keys()].filter((concept) => conceptsOf(b.name).has(concept)))
  const isSameName = a.name === b.name
  const of = (feature: ComparedFeature) =>
    new Map(
      [...subjectOf(feature)].map(([concept, weight]) => [
        concept,
        shared.has(concept) ? weight * (isSameName ? 0.15 : 0.8) : weight,
      ]),
    )
  return [of(a), of(b)] as const
}

function meaningSignal(a: ComparedFeature, b: ComparedFeature): Signal {
  if (a.description.trim() === '' || b.description.trim() === '')
    return { signal: 'meaning', likeness: null, says: 'not described' }
  const [x, y] = beyondName(a, b)
  const shared = [...x].flatMap(([concept, weight]) => (y.has(concept) && weight >= 0.5 ? [concept] : []))
  const against = contradictions(a, b)
  const likeness = against.reduce((left, { factor }) => left * factor, cosine(x, y))
  const both = shared.length > 0 ? `both speak of ${shown(shared)}` : 'no word in common'
  return { signal: 'meaning', likeness, says: [both, ...against.map(({ says }) => says)].join('; ') }
}

function entitySignal(a: ComparedFeature, b: ComparedFeature): Signal {
  const says =
    a.entity === b.entity
      ? `both of ${a.entity ?? 'nothing'}`
      : `${a.entity ?? 'nothing'} and ${b.entity ?? 'nothing'}`
  if (a.entity === null || b.entity === null)
    return { signal: 'entity', likeness: a.entity === b.entity ? 1 : 0.5, says }
  const akin = conceptOf(a.entity) === conceptOf(b.entity)
  return { signal: 'entity', likeness: a.entity === b.entity ? 1 : akin ? 0.8 : 0, says }
}

const families: Record<string, string> = {
  int32: 'number',
  int64: 'number',
  float32: 'number',
  float64: 'number',
  decimal: 'number',
  date: 'time',
  timestamp: 'time',
}

function typeSignal(a: ComparedFeature, b: ComparedFeature): Signal {
  const kind = (text: string) => parseFeatureType(text)?.kind ?? text
  const [x, y] = [kind(a.type), kind(b.type)]
  const akin = (families[x] ?? x) === (families[y] ?? y)
  const says = a.type === b.type ? `both ${a.type}` : `${a.type} and ${b.type}`
  return { signal: 'type', likeness: a.type === b.type ? 1 : akin ? 0.9 : 0, says }
}

const sqlWords = new Set([
  'select',
  'from',
  'where',
  'as',
  'and',
  'or',
  'case',
  'when',
  'then',
  'else',
  'end',
  'cast',
])

/** Operators and functions of an expression, and what its columns stand for. */
function stepsOf(expression: string): Set<string> {
  const operators = expression.match(/[-+*/<>=]|\b\w+(?=\s*\()/g) ?? []
  const columns = wordsOf(expression).filter((word) => !sqlWords.has(word))
  return new Set([
    ...operators.map((one) => `op ${one.toLowerCase()}`),
    ...columns.map((one) => conceptOf(one)),
  ])
}

function transformationSignal(a: ComparedFeature, b: ComparedFeature): Signal {
  if (!a.expression || !b.expression)
    return { signal: 'transformation', likeness: null, says: 'not computed from columns here' }
  const likeness = a.expression === b.expression ? 1 : overlap(stepsOf(a.expression), stepsOf(b.expression))
  return { signal: 'transformation', likeness, says: `${a.expression} and ${b.expression}` }
}

function distributionSignal(a: ComparedFeature, b: ComparedFeature): Signal {
  const likeness = distributionLikeness(
    scaled(a.distribution ?? null, scaleBetween(a, b)),
    b.distribution ?? null,
  )
  const says =
    likeness === null
      ? 'values not known of both'
      : likeness >= 0.75
        ? 'values lie alike'
        : likeness >= 0.4
          ? 'values overlap'
          : 'values lie apart'
  return { signal: 'distribution', likeness, says }
}

/**
 * How likely two features mean the same, and what speaks for and against it. Words carry it: the cosine of what
 * both describe, three parts to one of the name. A different entity, type or measure takes away a share; the values
 * and the transformation move it up or down. Weights were set by hand; `npm run similar` prints what they are worth.
 */
export function compareFeatures(a: ComparedFeature, b: ComparedFeature): Likeness {
  const name = nameSignal(a, b)
  const meaning = meaningSignal(a, b)
  const entity = entitySignal(a, b)
  const type = typeSignal(a, b)
  const transformation = transformationSignal(a, b)
  const distribution = distributionSignal(a, b)
  const isSameName = a.name === b.name
  const weight = isSameName ? 0.1 : 0.25
  const words =
    meaning.likeness === null
      ? 0.7 * (name.likeness ?? 0)
      : (1 - weight) * meaning.likeness + weight * (name.likeness ?? 0)
  const fits = (0.5 + 0.5 * (entity.likeness ?? 0)) * (0.4 + 0.6 * (type.likeness ?? 0))
  let score = words * fits
  if (distribution.likeness !== null) score += (distribution.likeness - 0.55) * 0.9 * score
  if (transformation.likeness !== null) score += (transformation.likeness - 0.4) * 0.4 * score
  return {
    score: Math.min(1, Math.max(0, score)),
    signals: [name, meaning, entity, type, transformation, distribution],
  }
}
