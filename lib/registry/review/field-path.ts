import { formatDuration } from '@/lib/core/duration'
import { invalidField } from '@/lib/core/errors'
import type { VersionDefinition } from '../definition'
import type { FeatureResource } from '../resources'
import { durationOrNull, featureResourceOf } from '../serialize'

/** A definition as a new version sends it, every member stated. */
export interface StatedDefinition {
  [member: string]: unknown
  features: StatedFeature[]
}
type StatedFeature = { [Member in keyof FeatureResource]: unknown }

export const statedDefinition = (definition: VersionDefinition): StatedDefinition => ({
  primary_key: definition.keys.map(({ name }) => name),
  timestamp_key: definition.timestampKey,
  ttl: durationOrNull(definition.ttlSeconds),
  source_delay: formatDuration(definition.sourceDelaySeconds),
  allowed_skew: formatDuration(definition.allowedSkewSeconds),
  online: definition.online,
  source: definition.source,
  inputs: definition.inputs,
  transformation: definition.transformation,
  features: definition.features.map((one) => ({ ...featureResourceOf(one) })),
})

/** Members of a version that a suggestion may change; the rest is a change of another kind. */
const plainMembers = ['timestamp_key', 'ttl', 'source_delay', 'allowed_skew', 'online']
const featureMembers = [
  'name',
  'type',
  'description',
  'expression',
  'classification',
  'tags',
  'role',
  'horizon',
] as const
type FeatureMember = (typeof featureMembers)[number]
const contractTerms = ['min', 'max', 'allowed', 'pattern', 'nullable', 'max_null_share', 'unique']

const isFeatureMember = (name: string): name is FeatureMember =>
  featureMembers.some((member) => member === name)

interface Place {
  read: () => unknown
  write: (value: unknown) => void
}

const unknownField = (field: string) =>
  invalidField('/field', `\`${field}\` is no field for which a value can be suggested.`, 'field')

const objectOr = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}

/** One term of a contract; a contract without terms is none. */
const termPlace = (feature: StatedFeature, term: string): Place => ({
  read: () => objectOr(feature.contract)[term] ?? null,
  write: (value) => {
    const { [term]: _, ...rest } = objectOr(feature.contract)
    const contract = value === null ? rest : { ...rest, [term]: value }
    feature.contract = Object.keys(contract).length === 0 ? null : contract
  },
})

function featurePlace(stated: StatedDefinition, field: string, parts: string[]): Place {
  const [name, member = '', term = '', ...rest] = parts
  const feature = stated.features.find((one) => one.name === name)
  if (!feature || rest.length > 0) throw unknownField(field)
  if (member === 'contract' && contractTerms.includes(term)) return termPlace(feature, term)
  if (!isFeatureMember(member) || term !== '') throw unknownField(field)
  return {
    read: () => feature[member],
    write: (value) => {
      feature[member] = value
    },
  }
}

/** The transformation's text; its other members are changed with it, by a new draft. */
const transformationPlace = (stated: StatedDefinition): Place => ({
  read: () => objectOr(stated.transformation).sql ?? null,
  write: (value) => {
    stated.transformation = { ...objectOr(stated.transformation), sql: value }
  },
})

/** The place in a definition that a path such as `features.num_logins.contract.min` names. Errors: `invalid`. */
export function placeOf(stated: StatedDefinition, field: string): Place {
  const [head = '', ...parts] = field.split('.')
  if (head === 'features') return featurePlace(stated, field, parts)
  if (head === 'transformation' && parts.length === 0 && stated.transformation !== null)
    return transformationPlace(stated)
  if (!plainMembers.includes(head) || parts.length > 0) throw unknownField(field)
  return {
    read: () => stated[head],
    write: (value) => {
      stated[head] = value
    },
  }
}
