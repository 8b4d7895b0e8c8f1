import type { ContractTexts, FeatureContract, GroupTerms } from '@/db/schema'
import { durationSeconds } from '@/lib/core/duration'
import { ReadDocument } from './document'
import type { DescribedVersion, Json } from './write'

export interface ReadContract {
  terms: GroupTerms
  texts: ContractTexts
  /** By feature, as the document promises them. */
  features: Map<string, FeatureContract>
  /** Pointers of what no term stands for. */
  rest: string[]
}

type Enforcement = 'strict' | 'warn'

const enforcementOf = (value: unknown): Enforcement | undefined =>
  value === 'strict' || value === 'warn' ? value : undefined

function severityAt(document: ReadDocument, rule: string): { enforcement?: Enforcement } {
  const severity = document.at(`${rule}/severity`)
  if (severity !== 'warning' && severity !== 'error') return {}
  document.take(`${rule}/severity`)
  return { enforcement: severity === 'warning' ? 'warn' : 'strict' }
}

const metricOf = (document: ReadDocument, rule: string): unknown =>
  document.at(`${rule}/metric`) ?? document.at(`${rule}/rule`)

/** Reads the members that name the rule itself. */
function takeRule(document: ReadDocument, rule: string): void {
  for (const name of ['type', 'metric', 'rule', 'mustBe', 'unit']) document.take(`${rule}/${name}`)
}

const textsOf = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((one) => ['string', 'number', 'boolean'].includes(typeof one))
    ? value.map(String)
    : null

interface PropertyTerms {
  contract: FeatureContract
  daily: { max: number; enforcement?: Enforcement } | null
}

/** One rule of a property; what it is not sure of stays unread. */
function readRule(document: ReadDocument, rule: string, into: PropertyTerms): void {
  const metric = metricOf(document, rule)
  const allowed = textsOf(document.at(`${rule}/arguments/validValues`) ?? document.at(`${rule}/validValues`))
  if (metric === 'invalidValues' && document.at(`${rule}/mustBe`) === 0 && allowed) {
    takeRule(document, rule)
    document.take(`${rule}/arguments`)
    document.take(`${rule}/validValues`)
    into.contract.allowed = allowed
  }
  const most = document.at(`${rule}/mustBeLessOrEqualTo`)
  if (metric === 'nullValues' && document.at(`${rule}/unit`) === 'percent' && typeof most === 'number') {
    takeRule(document, rule)
    document.take(`${rule}/mustBeLessOrEqualTo`)
    const max = Number((most / 100).toPrecision(12))
    if (document.custom(rule, 'window') === 'day') into.daily = { max, ...severityAt(document, rule) }
    else into.contract.max_null_share = max
  }
  if (metric === 'nullValues' && document.at(`${rule}/mustBe`) === 0) {
    takeRule(document, rule)
    into.contract.nullable = false
  }
  if (metric === 'duplicateValues' && document.at(`${rule}/mustBe`) === 0) {
    takeRule(document, rule)
    into.contract.unique = true
  }
}

function readProperty(document: ReadDocument, property: string): PropertyTerms {
  const into: PropertyTerms = { contract: {}, daily: null }
  const { contract } = into
  for (const name of ['name', 'logicalType', 'physicalType', 'description', 'classification', 'tags'])
    document.take(`${property}/${name}`)
  if (document.take(`${property}/required`) === true) contract.nullable = false
  if (document.take(`${property}/unique`) === true) contract.unique = true
  const options = `${property}/logicalTypeOptions`
  const min = document.number(`${options}/minimum`)
  const max = document.number(`${options}/maximum`)
  const pattern = document.text(`${options}/pattern`)
  const own = { min: document.custom(property, 'min'), max: document.custom(property, 'max') }
  if (min !== undefined || typeof own.min === 'string') contract.min = min ?? String(own.min)
  if (max !== undefined || typeof own.max === 'string') contract.max = max ?? String(own.max)
  if (pattern !== undefined) contract.pattern = pattern
  if (document.custom(property, 'nullable') === true) contract.nullable = true
  const enforcement = enforcementOf(document.custom(property, 'enforcement'))
  if (enforcement) contract.enforcement = enforcement
  const byTerm = document.custom(property, 'enforcement_by_term')
  if (typeof byTerm === 'object' && byTerm !== null) {
    const kept = Object.entries(byTerm).flatMap(([term, value]) => {
      const one = enforcementOf(value)
      return one ? [[term, one] as const] : []
    })
    contract.enforcement_by_term = Object.fromEntries(kept)
  }
  for (const rule of document.members(`${property}/quality`)) readRule(document, rule, into)
  return into
}

/** `known`: every column of the version; a rule on any other is about another table. */
function readObjectRule(
  document: ReadDocument,
  rule: string,
  terms: GroupTerms,
  known: ReadonlySet<string>,
): void {
  const name = document.at(`${rule}/name`)
  const expression = document.at(`${rule}/implementation`)
  if (
    document.at(`${rule}/engine`) === 'almanac' &&
    typeof name === 'string' &&
    typeof expression === 'string'
  ) {
    for (const member of ['type', 'engine', 'name', 'implementation']) document.take(`${rule}/${member}`)
    const description = document.text(`${rule}/description`)
    const own = { name, expression, ...(description ? { description } : {}), ...severityAt(document, rule) }
    terms.checks = [...(terms.checks ?? []), own]
    return
  }
  const metric = metricOf(document, rule)
  const columns = textsOf(document.at(`${rule}/arguments/properties`))
  const isOwn = columns?.every((name) => known.has(name))
  if (metric === 'duplicateValues' && document.at(`${rule}/mustBe`) === 0 && columns && isOwn) {
    takeRule(document, rule)
    document.take(`${rule}/arguments`)
    terms.unique = [...(terms.unique ?? []), { columns, ...severityAt(document, rule) }]
  }
  if (metric === 'rowCount') readRowCount(document, rule, terms)
}

function readRowCount(document: ReadDocument, rule: string, terms: GroupTerms): void {
  // The standard counts the rows of a table, which nothing here does; only our own word says of what else.
  const counted = document.custom(rule, 'window')
  const window = counted === 'commit' ? 'per_commit' : counted === 'day' ? 'per_day' : null
  if (window === null) return
  const min = document.number(`${rule}/mustBeGreaterOrEqualTo`)
  const max = document.number(`${rule}/mustBeLessOrEqualTo`)
  if (min === undefined && max === undefined) return
  takeRule(document, rule)
  const bounds = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  terms.rows = {
    ...terms.rows,
    [window]: { ...terms.rows?.[window], ...bounds },
    ...severityAt(document, rule),
  }
}

const unitSeconds: Record<string, number> = {
  s: 1,
  second: 1,
  seconds: 1,
  m: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hr: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
}

/** Seconds; beyond ten years nobody means what is written. */
const longestAge = 3650 * 86_400

/** `PT6H`, or 6 with the unit hours. */
function durationOf(value: unknown, unit: unknown): string | null {
  if (typeof value === 'string' && durationSeconds(value) !== null) return value
  const each = typeof unit === 'string' ? unitSeconds[unit.toLowerCase()] : undefined
  const count = typeof value === 'number' ? value : Number.NaN
  if (each === undefined || !(count > 0) || !Number.isInteger(count * each)) return null
  if (count * each > longestAge) return null
  const seconds = count * each
  if (seconds % 86_400 === 0) return `P${seconds / 86_400}D`
  return seconds % 3600 === 0 ? `PT${seconds / 3600}H` : `PT${seconds}S`
}

/** Whether an agreement is about this object: it names none, or this one, or a column of it. */
function isAbout(element: unknown, names: ReadonlySet<unknown>): boolean {
  if (element === undefined || element === null || element === '') return true
  if (typeof element !== 'string') return false
  return element.split(',').some((one) => names.has(one.trim().split('.', 1)[0]))
}

function readSla(document: ReadDocument, terms: GroupTerms, names: ReadonlySet<unknown>): void {
  for (const one of document.members('/slaProperties')) {
    if (!isAbout(document.at(`${one}/element`), names)) continue
    const property = document.at(`${one}/property`)
    const [value, unit] = [document.at(`${one}/value`), document.at(`${one}/unit`)]
    const age = property === 'freshness' || property === 'latency' ? durationOf(value, unit) : null
    const isTime =
      property === 'timeOfAvailability' &&
      typeof value === 'string' &&
      /^([01]\d|2[0-3]):[0-5]\d$/.test(value)
    if (age === null && !isTime) continue
    for (const member of ['property', 'value', 'unit', 'element']) document.take(`${one}/${member}`)
    terms.freshness = { ...terms.freshness, ...(age === null ? { by: String(value) } : { max_age: age }) }
  }
  if (!terms.freshness) return
  if (document.custom('', 'freshness_at_commit') === true) terms.freshness.at_commit = true
  const enforcement = enforcementOf(document.custom('', 'freshness_enforcement'))
  if (enforcement) terms.freshness.enforcement = enforcement
}

function readTexts(document: ReadDocument): ContractTexts {
  const purpose = document.text('/description/purpose')
  const limitations = document.text('/description/limitations')
  const level = document.custom('', 'service_level')
  const channel = document.text('/support/0/channel')
  return {
    ...(purpose ? { purpose } : {}),
    ...(limitations ? { limitations } : {}),
    ...(typeof level === 'string' ? { service_level: level } : {}),
    ...(channel ? { support: channel } : {}),
  }
}

/** What only says which contract it is. */
const headers = ['apiVersion', 'kind', 'id', 'name', 'version', 'status', 'domain', 'tags']

/** The object of a document that is about the group: the one of its name, else the only one. */
function objectOf(document: ReadDocument, group: string): string | null {
  const all = document.members('/schema')
  const named = all.find((one) => document.at(`${one}/name`) === group)
  return named ?? (all.length === 1 ? (all[0] ?? null) : null)
}

/** A document of the standard as the terms of a version: what it promises that can be kept here, and the rest. */
export function readOdcs(root: Json, version: DescribedVersion): ReadContract {
  const document = new ReadDocument(root)
  const terms: GroupTerms = {}
  const features = new Map<string, FeatureContract>()
  for (const name of headers) document.take(`/${name}`)
  for (const name of ['owner_team', 'ttl', 'online']) document.custom('', name)
  const enforcement = enforcementOf(document.custom('', 'enforcement'))
  if (enforcement) terms.enforcement = enforcement
  const object = objectOf(document, version.group)
  const identifying = new Set([...version.keys.map(({ name }) => name), version.timestampKey])
  const known = new Set(version.features.map(({ name }) => name))
  if (object !== null) {
    for (const name of ['name', 'physicalName', 'logicalType', 'physicalType', 'description'])
      document.take(`${object}/${name}`)
    for (const property of document.members(`${object}/properties`)) {
      const name = document.at(`${property}/name`)
      // Keys and event time are never null, whatever a contract says.
      if (typeof name === 'string' && identifying.has(name)) document.take(property)
      if (typeof name !== 'string' || !known.has(name)) continue
      const { contract, daily } = readProperty(document, property)
      features.set(name, contract)
      if (daily) terms.null_share = [...(terms.null_share ?? []), { feature: name, ...daily }]
    }
    const columns = new Set([...known, ...identifying])
    for (const rule of document.members(`${object}/quality`)) readObjectRule(document, rule, terms, columns)
  }
  const names = [version.group, ...['name', 'physicalName'].map((one) => document.at(`${object}/${one}`))]
  readSla(document, terms, new Set(names))
  const texts = readTexts(document)
  return { terms, texts, features, rest: document.rest() }
}
