import { compareDecimals } from '@/lib/core/feature-type'
import { stableText } from '@/lib/core/stable-json'
import { isStricter } from './class-names'
import type { Contract } from './contract-terms'
import type { FeatureDefinition, VersionDefinition } from './definition'
import { durationOrNull } from './serialize'

export type ChangeClass = 'breaking' | 'warning' | 'info'

/** One difference between two versions. `field` is a path such as `features.num_logins.type`. */
export interface Change {
  field: string
  old: unknown
  new: unknown
  class: ChangeClass
}

const same = (a: unknown, b: unknown) => stableText(a) === stableText(b)

export const change = (field: string, from: unknown, to: unknown, kind: ChangeClass): Change[] =>
  same(from, to) ? [] : [{ field, old: from ?? null, new: to ?? null, class: kind }]

type Bound = number | string | undefined

const compared = (a: number | string, b: number | string) => compareDecimals(String(a), String(b))
const rises = (from: Bound, to: Bound) => to !== undefined && (from === undefined || compared(to, from) > 0)
const falls = (from: Bound, to: Bound) => to !== undefined && (from === undefined || compared(to, from) < 0)

/** Whether a value that kept the old promise may break the new one. */
const narrows: { [Term in keyof Required<Contract>]: (from: Contract[Term], to: Contract[Term]) => boolean } =
  {
    min: rises,
    max: falls,
    max_null_share: (from, to) => falls(from ?? 1, to),
    allowed: (from, to) =>
      to !== undefined && (from === undefined || from.some((value) => !to.includes(value))),
    pattern: (_, to) => to !== undefined,
    nullable: (from, to) => from !== false && to === false,
    unique: (from, to) => !from && to === true,
    enforcement: (from, to) => from === 'warn' && to !== 'warn',
    enforcement_by_term: (from, to) =>
      Object.entries(from ?? {}).some(
        ([name, enforcement]) =>
          enforcement === 'warn' &&
          Object.entries(to ?? {}).every(([other, now]) => other !== name || now !== 'warn'),
      ),
  }

function contractChanges(path: string, from: Contract | null, to: Contract | null): Change[] {
  const old = from ?? {}
  const next = to ?? {}
  const term = <T extends keyof Contract>(name: T): Change[] => {
    const narrowed = (narrows[name] as (a: Contract[T], b: Contract[T]) => boolean)(old[name], next[name])
    return change(`${path}.contract.${name}`, old[name], next[name], narrowed ? 'breaking' : 'warning')
  }
  return [
    ...term('min'),
    ...term('max'),
    ...term('allowed'),
    ...term('pattern'),
    ...term('nullable'),
    ...term('max_null_share'),
    ...term('unique'),
    ...term('enforcement'),
    ...term('enforcement_by_term'),
  ]
}

/** A use that ends breaks whoever reads that way. */
function permittedUseChanges(path: string, from: FeatureDefinition, to: FeatureDefinition): Change[] {
  // Revisions that were kept before there was a permitted use have none.
  const [old = [], next = []] = [from.permittedUse, to.permittedUse]
  const narrowed = next.some((use) => !old.includes(use))
  return change(`${path}.permitted_use`, old, next, narrowed ? 'breaking' : 'warning')
}

function featureChanges(from: FeatureDefinition, to: FeatureDefinition): Change[] {
  const path = `features.${from.name}`
  const loosened = isStricter(from.classification ?? 'public', to.classification ?? 'public')
  return [
    ...change(`${path}.type`, from.type, to.type, 'breaking'),
    ...change(`${path}.expression`, from.expression, to.expression, 'breaking'),
    ...change(`${path}.role`, from.role, to.role, 'breaking'),
    ...change(`${path}.horizon`, from.horizon, to.horizon, 'breaking'),
    ...contractChanges(path, from.contract, to.contract),
    ...change(
      `${path}.classification`,
      from.classification,
      to.classification,
      loosened ? 'breaking' : 'warning',
    ),
    ...change(`${path}.description`, from.description, to.description, 'info'),
    ...change(`${path}.tags`, from.tags, to.tags, 'info'),
    ...permittedUseChanges(path, from, to),
  ]
}

/** Rows that are there already have null in a feature that comes later: it must be allowed to be null. */
const isNullable = ({ contract }: FeatureDefinition) =>
  contract?.nullable !== false && (contract?.max_null_share === undefined || contract.max_null_share === 1)

function featureListChanges(from: FeatureDefinition[], to: FeatureDefinition[]): Change[] {
  const next = new Map(to.map((feature) => [feature.name, feature]))
  const old = new Set(from.map((feature) => feature.name))
  const kept = from.flatMap((feature) => {
    const successor = next.get(feature.name)
    if (successor) return featureChanges(feature, successor)
    return change(`features.${feature.name}`, feature.type, null, 'breaking')
  })
  const added = to
    .filter((feature) => !old.has(feature.name))
    .flatMap((feature) =>
      change(`features.${feature.name}`, null, feature.type, isNullable(feature) ? 'info' : 'breaking'),
    )
  return [...kept, ...added]
}

const named = (columns: { name: string; type: string }[]) =>
  Object.fromEntries(columns.map((column) => [column.name, column.type]))

function inputChanges(from: VersionDefinition, to: VersionDefinition): Change[] {
  const gone = from.inputs.some((input) => named(to.inputs)[input.name] !== input.type)
  return change('inputs', named(from.inputs), named(to.inputs), gone ? 'breaking' : 'info')
}

/**
 * What differs from one version to another, each difference with its class: `breaking` needs data of its own
 * (a new major version), `warning` asks readers to look, `info` touches nobody.
 */
export function diffDefinitions(from: VersionDefinition, to: VersionDefinition): Change[] {
  return [
    ...change('primary_key', from.keys, to.keys, 'breaking'),
    ...change('timestamp_key', from.timestampKey, to.timestampKey, 'breaking'),
    ...change('ttl', durationOrNull(from.ttlSeconds), durationOrNull(to.ttlSeconds), 'breaking'),
    ...change(
      'source_delay',
      durationOrNull(from.sourceDelaySeconds),
      durationOrNull(to.sourceDelaySeconds),
      'breaking',
    ),
    ...change('online', from.online, to.online, 'breaking'),
    ...change('transformation', from.transformation?.sql, to.transformation?.sql, 'breaking'),
    ...change('transformation.inputs', from.transformation?.inputs, to.transformation?.inputs, 'warning'),
    ...change('transformation.schedule', from.transformation?.schedule, to.transformation?.schedule, 'info'),
    ...change(
      'transformation.on_new_data',
      from.transformation?.on_new_data,
      to.transformation?.on_new_data,
      'info',
    ),
    ...change(
      'transformation.interval',
      from.transformation?.interval,
      to.transformation?.interval,
      'warning',
    ),
    ...change(
      'transformation.lookback',
      from.transformation?.lookback,
      to.transformation?.lookback,
      'warning',
    ),
    ...change('transformation.tests', from.transformation?.tests, to.transformation?.tests, 'info'),
    ...change('source', from.source, to.source, 'warning'),
    ...change(
      'allowed_skew',
      durationOrNull(from.allowedSkewSeconds),
      durationOrNull(to.allowedSkewSeconds),
      'warning',
    ),
    ...inputChanges(from, to),
    ...featureListChanges(from.features, to.features),
  ]
}

export const isCompatible = (changes: Change[]): boolean => changes.every((one) => one.class !== 'breaking')
