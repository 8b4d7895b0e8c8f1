import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contract } from './contract-terms'
import type { FeatureDefinition, VersionDefinition } from './definition'
import { diffDefinitions, isCompatible } from './diff'

type Whole<T> = { [Member in keyof Required<T>]: Exclude<T[Member], undefined> }

/** Every term that a contract can hold: a term that is added stands here or does not compile. */
const contract: Whole<Contract> = {
  min: 1,
  max: 9,
  allowed: ['a'],
  pattern: 'a+',
  nullable: false,
  max_null_share: 0.5,
  unique: true,
  enforcement: 'warn',
  enforcement_by_term: { min: 'warn' },
}

const feature: Whole<FeatureDefinition> = {
  name: 'a',
  type: 'int64',
  description: 'A.',
  expression: 'b + 1',
  contract,
  classification: 'confidential',
  tags: ['churn'],
  role: 'label',
  horizon: 'P30D',
  permittedUse: ['aggregate_only'],
}

/** Every member that a version fixes. */
const whole: Whole<VersionDefinition> = {
  keys: [{ name: 'id', type: 'int64' }],
  timestampKey: 'at',
  ttlSeconds: 60,
  sourceDelaySeconds: 1,
  allowedSkewSeconds: 2,
  online: true,
  source: { kind: 'file', name: 'orders' },
  inputs: [{ name: 'b', type: 'int64' }],
  transformation: {
    sql: 'select 1',
    inputs: ['orders'],
    schedule: 'PT1H',
    on_new_data: true,
    interval: 'P1D',
    lookback: 'P2D',
    tests: [{ name: 't', inputs: {}, expect: [], order: 'any' }],
  },
  features: [feature, { ...feature, name: 'kept' }],
}

type Path = (string | number)[]

function leaves(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.length === 0 ? [path] : entries.flatMap(([name, member]) => leaves(member, [...path, name]))
}

function another(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  return `${JSON.stringify(value)}x`
}

/** The value with one leaf changed. The tests of a property write what no type would allow: the path says where. */
function changed<T>(value: T, [name, ...rest]: Path): T {
  if (name === undefined) return another(value) as T
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>
  copy[name] = changed(copy[name], rest)
  return copy as T
}

const textOf = (path: Path) => path.join('.')
/** What decides which rows are stored, under which key, time and type, or who may be sure of them. */
const decidesData =
  /^(keys|timestampKey|ttlSeconds|sourceDelaySeconds|online|transformation\.sql)|^features\.\d+\.(name|type|expression|role|horizon)/

describe('the difference of two definitions', () => {
  it.each(leaves(whole).map((path) => [textOf(path), path] as const))('names a change of %s', (_, path) => {
    const changes = diffDefinitions(whole, changed(whole, path))
    expect(changes).not.toEqual([])
    for (const change of changes) expect(['breaking', 'warning', 'info']).toContain(change.class)
  })

  it.each(
    leaves(whole)
      .filter((path) => decidesData.test(textOf(path)))
      .map((path) => [textOf(path), path] as const),
  )('asks for data of its own when %s changes', (_, path) => {
    expect(isCompatible(diffDefinitions(whole, changed(whole, path)))).toBe(false)
    expect(isCompatible(diffDefinitions(changed(whole, path), whole))).toBe(false)
  })

  it('is major as soon as one of many changes is', () => {
    const paths = fc.subarray(leaves(whole), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(paths, (chosen) => {
        const next = chosen.reduce(changed, whole)
        const apart = chosen.map((path) => isCompatible(diffDefinitions(whole, changed(whole, path))))
        expect(isCompatible(diffDefinitions(whole, next))).toBe(apart.every(Boolean))
      }),
      { numRuns: 300 },
    )
  })

  it('takes a nullable feature as compatible, and none that rows without it would break', () => {
    const added = (contract: Contract | null) =>
      isCompatible(
        diffDefinitions(whole, {
          ...whole,
          features: [...whole.features, { ...feature, name: 'c', contract }],
        }),
      )
    expect(added(null)).toBe(true)
    expect(added({ min: 0 })).toBe(true)
    expect(added({ nullable: false })).toBe(false)
    expect(added({ max_null_share: 0.9 })).toBe(false)
  })

  it('does not take the order of features for a difference: values keep their places', () => {
    expect(diffDefinitions(whole, { ...whole, features: [...whole.features].reverse() })).toEqual([])
  })
})
