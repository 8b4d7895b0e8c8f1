import type { FeatureContract, GroupTerms } from '@/db/schema'
import type { Promised } from '../compare-terms'

/** A group's version as its contract document describes it. */
export interface DescribedVersion {
  group: string
  major: number
  team: string
  description: string
  domain: string | null
  tags: string[]
  lifecycle: string
  ttl: string | null
  online: boolean
  keys: { name: string; type: string }[]
  timestampKey: string
  features: {
    name: string
    type: string
    description: string
    classification: string
    tags: string[]
    contract: FeatureContract | null
  }[]
}

export type Json = Record<string, unknown>

/** Not stated: left out. */
const stated = (all: Record<string, unknown>): Json =>
  Object.fromEntries(
    Object.entries(all).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        value !== '' &&
        !(typeof value === 'object' && Object.keys(value).length === 0),
    ),
  )

const custom = (all: Record<string, unknown>) =>
  Object.entries(stated(all)).map(([property, value]) => ({ property: `almanac.${property}`, value }))

const logicalTypes: Record<string, string> = {
  bool: 'boolean',
  int32: 'integer',
  int64: 'integer',
  float32: 'number',
  float64: 'number',
  string: 'string',
  bytes: 'string',
  date: 'date',
  timestamp: 'timestamp',
  json: 'object',
}

function logicalTypeOf(type: string): string {
  if (type.startsWith('decimal')) return 'number'
  if (type.startsWith('array') || type.startsWith('embedding')) return 'array'
  return logicalTypes[type] ?? 'string'
}

const share = (part: number) => Number((part * 100).toPrecision(12))
const severity = (enforcement: string | undefined) =>
  enforcement === 'warn' ? 'warning' : enforcement && 'error'

const nullRule = (most: number, window: 'batch' | 'day', enforcement?: string) =>
  stated({
    type: 'library',
    metric: 'nullValues',
    unit: 'percent',
    mustBeLessOrEqualTo: share(most),
    severity: severity(enforcement),
    customProperties: custom({ window }),
  })

/** The terms of a feature that a rule of the standard says, and the rest as properties of ours. */
function qualityOf(
  contract: FeatureContract,
  daily: { max: number; enforcement?: string | undefined } | undefined,
) {
  return [
    ...(contract.allowed
      ? [
          {
            type: 'library',
            metric: 'invalidValues',
            arguments: { validValues: contract.allowed },
            mustBe: 0,
          },
        ]
      : []),
    ...(contract.max_null_share === undefined ? [] : [nullRule(contract.max_null_share, 'batch')]),
    ...(daily ? [nullRule(daily.max, 'day', daily.enforcement)] : []),
  ]
}

function property(feature: DescribedVersion['features'][number], terms: GroupTerms): Json {
  const contract = feature.contract ?? {}
  const { min, max, pattern } = contract
  const daily = terms.null_share?.find((one) => one.feature === feature.name)
  return stated({
    name: feature.name,
    logicalType: logicalTypeOf(feature.type),
    physicalType: feature.type,
    description: feature.description,
    required: contract.nullable === false ? true : undefined,
    unique: contract.unique,
    classification: feature.classification,
    tags: feature.tags,
    logicalTypeOptions:
      typeof min === 'number' || typeof max === 'number' || pattern !== undefined
        ? stated({
            minimum: typeof min === 'number' ? min : undefined,
            maximum: typeof max === 'number' ? max : undefined,
            pattern,
          })
        : undefined,
    quality: qualityOf(contract, daily),
    customProperties: custom({
      // A number that a double does not hold would not survive other readers of YAML.
      min: typeof min === 'string' ? min : undefined,
      max: typeof max === 'string' ? max : undefined,
      nullable: contract.nullable === true ? true : undefined,
      enforcement: contract.enforcement,
      enforcement_by_term: contract.enforcement_by_term,
    }),
  })
}

/** A rule of the standard has one bound. */
const rowRules = (
  bounds: { min?: number | undefined; max?: number | undefined },
  window: 'commit' | 'day',
  enforcement: string | undefined,
): Json[] =>
  [{ mustBeGreaterOrEqualTo: bounds.min }, { mustBeLessOrEqualTo: bounds.max }].flatMap((bound) =>
    Object.values(bound)[0] === undefined
      ? []
      : [
          stated({
            type: 'library',
            metric: 'rowCount',
            ...bound,
            severity: severity(enforcement),
            customProperties: custom({ window }),
          }),
        ],
  )

function objectQuality({ checks = [], unique = [], rows }: GroupTerms): Json[] {
  return [
    ...checks.map(({ name, expression, description, enforcement }) =>
      stated({
        type: 'custom',
        engine: 'almanac',
        name,
        description,
        implementation: expression,
        severity: severity(enforcement),
      }),
    ),
    ...unique.map(({ columns, enforcement }) =>
      stated({
        type: 'library',
        metric: 'duplicateValues',
        arguments: { properties: columns },
        mustBe: 0,
        severity: severity(enforcement),
      }),
    ),
    ...(rows?.per_commit ? rowRules(rows.per_commit, 'commit', rows.enforcement) : []),
    ...(rows?.per_day ? rowRules(rows.per_day, 'day', rows.enforcement) : []),
  ]
}

function slaOf({ freshness }: GroupTerms): Json[] {
  if (!freshness) return []
  return [
    ...(freshness.max_age
      ? [{ property: 'freshness', value: freshness.max_age, unit: 'ISO 8601 duration' }]
      : []),
    ...(freshness.by ? [{ property: 'timeOfAvailability', value: freshness.by, unit: 'UTC' }] : []),
  ]
}

const statuses: Record<string, string> = { active: 'active', deprecated: 'deprecated', archived: 'retired' }

function schemaOf(version: DescribedVersion, terms: GroupTerms): Json {
  const keys = version.keys.map(({ name, type }, at) => ({
    name,
    logicalType: logicalTypeOf(type),
    physicalType: type,
    primaryKey: true,
    primaryKeyPosition: at + 1,
    required: true,
  }))
  const time = {
    name: version.timestampKey,
    logicalType: 'timestamp',
    physicalType: 'timestamp',
    required: true,
    customProperties: custom({ role: 'event_time' }),
  }
  return stated({
    name: version.group,
    physicalName: `${version.group}@${version.major}`,
    logicalType: 'object',
    physicalType: 'feature_group',
    description: version.description,
    properties: [...keys, time, ...version.features.map((feature) => property(feature, terms))],
    quality: objectQuality(terms),
  })
}

/** A contract as a document of the Open Data Contract Standard 3.1. */
export function writeOdcs(version: DescribedVersion, { terms, texts }: Promised, number: number): Json {
  return stated({
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: `${version.group}@${version.major}`,
    name: version.group,
    version: `${version.major}.${number}.0`,
    status: number === 0 ? 'draft' : (statuses[version.lifecycle] ?? 'draft'),
    domain: version.domain,
    tags: version.tags,
    description: stated({ purpose: texts.purpose, limitations: texts.limitations }),
    schema: [schemaOf(version, terms)],
    slaProperties: slaOf(terms),
    support: texts.support ? [{ channel: texts.support }] : [],
    customProperties: custom({
      owner_team: version.team,
      service_level: texts.service_level,
      ttl: version.ttl,
      online: version.online,
      enforcement: terms.enforcement,
      freshness_enforcement: terms.freshness?.enforcement,
      freshness_at_commit: terms.freshness?.at_commit,
    }),
  })
}
