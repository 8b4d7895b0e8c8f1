import { durationSeconds, formatDuration } from '@/lib/core/duration'
import { stableText } from '@/lib/core/stable-json'
import type { DefinitionKind } from './kinds'

/** A document as it is compared and exported: defaults filled in, one spelling. */
export type Spelled = Record<string, unknown>

const durations = new Set([
  'ttl',
  'cadence',
  'source_delay',
  'allowed_skew',
  'horizon',
  'freshness',
  'interval',
  'lookback',
  'schedule',
])

function spelledDuration(text: string): string {
  const seconds = durationSeconds(text)
  return seconds === null ? text : formatDuration(seconds)
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)

/** Free members keep every value that they hold: there an empty one is said on purpose. */
const verbatim = new Set(['config', 'tests', 'source', 'contract'])

/** Without what says nothing, durations in one spelling, members sorted by name where order says nothing. */
function spelled(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return durations.has(name) ? spelledDuration(value) : value
  if (verbatim.has(name)) return value
  if (Array.isArray(value)) return value.map((one) => spelled(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([member, inner]) => [member, spelled(inner, member)] as const)
      .filter(([, inner]) => !isEmpty(inner)),
  )
}

/** What a document means when it leaves a member out. */
const defaults: Record<DefinitionKind, Spelled> = {
  domain: {},
  entity: {},
  source: {},
  feature_group: {
    online: true,
    source: { kind: 'push' },
    source_delay: 'PT0S',
    allowed_skew: 'P1D',
    environments: ['prod'],
  },
  feature_service: { full_feature_names: false },
}

const featureDefaults: Spelled = { role: 'feature' }

const same = (a: unknown, b: unknown) => stableText(a) === stableText(b)

const withDefaults = (members: Spelled, filled: Spelled): Spelled => ({ ...filled, ...members })

const isMembers = (value: unknown): value is Spelled =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const eachFeature = (document: Spelled, change: (feature: Spelled) => Spelled): Spelled =>
  Array.isArray(document.features)
    ? { ...document, features: document.features.map((one) => (isMembers(one) ? change(one) : one)) }
    : document

/** The one form in which two documents of a kind are compared. */
export function spell(kind: DefinitionKind, body: Record<string, unknown>): Spelled {
  const document = spelled(body)
  if (!isMembers(document)) return {}
  return eachFeature(withDefaults(document, defaults[kind]), (one) => withDefaults(one, featureDefaults))
}

const without = (members: Spelled, said: Spelled): Spelled =>
  Object.fromEntries(Object.entries(members).filter(([name, value]) => !same(value, said[name])))

/** The document without what it would mean anyway: what an export writes. */
export const shortened = (kind: DefinitionKind, document: Spelled): Spelled =>
  eachFeature(without(document, defaults[kind]), (one) => without(one, featureDefaults))

export interface Difference {
  field: string
  old: unknown
  new: unknown
}

/** The members in which two documents differ, among `names`. */
export const differing = (from: Spelled, to: Spelled, names: readonly string[]): Difference[] =>
  names.flatMap((field) =>
    same(from[field], to[field]) ? [] : [{ field, old: from[field] ?? null, new: to[field] ?? null }],
  )
