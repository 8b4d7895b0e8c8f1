import { describe, expect, it } from 'vitest'
import type { Contract } from './contract-terms'
import type { FeatureDefinition, VersionDefinition } from './definition'
import { diffDefinitions, isCompatible } from './diff'

const feature = (name: string, overrides: Partial<FeatureDefinition> = {}): FeatureDefinition => ({
  name,
  type: 'int64',
  description: '',
  expression: null,
  contract: null,
  classification: null,
  tags: [],
  role: 'feature',
  horizon: null,
  permittedUse: [],
  ...overrides,
})

const definition = (overrides: Partial<VersionDefinition> = {}): VersionDefinition => ({
  keys: [{ name: 'k', type: 'int64' }],
  timestampKey: 't',
  ttlSeconds: 3600,
  sourceDelaySeconds: 0,
  allowedSkewSeconds: 86_400,
  online: true,
  source: { kind: 'push' },
  inputs: [],
  transformation: null,
  features: [feature('a'), feature('b')],
  ...overrides,
})

/** `field class` of each difference from the base definition. */
const changes = (overrides: Partial<VersionDefinition>, base = definition()) =>
  diffDefinitions(base, definition(overrides)).map((one) => `${one.field} ${one.class}`)

const withContract = (contract: Contract | null) => ({ features: [feature('a', { contract }), feature('b')] })

describe('the difference of two versions', () => {
  it('is nothing between equals, whatever the order of members', () => {
    const source = { kind: 'file' as const, path: 'x', format: 'csv' }
    const turned = { format: 'csv', path: 'x', kind: 'file' as const }
    expect(diffDefinitions(definition({ source }), definition({ source: turned }))).toEqual([])
  })

  it.each<[string, Partial<VersionDefinition>, string[]]>([
    [
      'a nullable feature added',
      { features: [feature('a'), feature('b'), feature('c')] },
      ['features.c info'],
    ],
    [
      'a feature added that may not be null',
      { features: [feature('a'), feature('b'), feature('c', { contract: { nullable: false } })] },
      ['features.c breaking'],
    ],
    ['a feature removed', { features: [feature('a')] }, ['features.b breaking']],
    [
      'a feature retyped',
      { features: [feature('a', { type: 'float64' }), feature('b')] },
      ['features.a.type breaking'],
    ],
    [
      'a description',
      { features: [feature('a', { description: 'x' }), feature('b')] },
      ['features.a.description info'],
    ],
    ['tags', { features: [feature('a', { tags: ['x'] }), feature('b')] }, ['features.a.tags info']],
    [
      'an expression',
      { features: [feature('a', { expression: 'b+1' }), feature('b')] },
      ['features.a.expression breaking'],
    ],
    ['the order of features', { features: [feature('b'), feature('a')] }, []],
    ['keys', { keys: [{ name: 'k', type: 'string' }] }, ['primary_key breaking']],
    ['time', { timestampKey: 'u' }, ['timestamp_key breaking']],
    ['ttl', { ttlSeconds: null }, ['ttl breaking']],
    ['online', { online: false }, ['online breaking']],
    ['source', { source: { kind: 'file' } }, ['source warning']],
    ['an input added', { inputs: [{ name: 'i', type: 'int64' }] }, ['inputs info']],
  ])('%s', (_, overrides, expected) => {
    expect(changes(overrides)).toEqual(expected)
  })

  it.each<[Contract | null, Contract | null, string[]]>([
    [{ min: 0 }, { min: 1 }, ['features.a.contract.min breaking']],
    [{ min: 1 }, { min: 0 }, ['features.a.contract.min warning']],
    [{ max: 5 }, { max: 4 }, ['features.a.contract.max breaking']],
    [null, { max: 5 }, ['features.a.contract.max breaking']],
    [{ max: 5 }, null, ['features.a.contract.max warning']],
    [{ allowed: ['x', 'y'] }, { allowed: ['x'] }, ['features.a.contract.allowed breaking']],
    [{ allowed: ['x'] }, { allowed: ['x', 'y'] }, ['features.a.contract.allowed warning']],
    [null, { pattern: 'x' }, ['features.a.contract.pattern breaking']],
    [null, { nullable: false }, ['features.a.contract.nullable breaking']],
    [{ nullable: false }, null, ['features.a.contract.nullable warning']],
    [null, { max_null_share: 0.5 }, ['features.a.contract.max_null_share breaking']],
    [null, { unique: true }, ['features.a.contract.unique breaking']],
  ])('contract %j to %j', (from, to, expected) => {
    expect(changes(withContract(to), definition(withContract(from)))).toEqual(expected)
  })

  it('is compatible while nothing in it breaks', () => {
    const added = diffDefinitions(
      definition(),
      definition({ features: [feature('a'), feature('b'), feature('c')] }),
    )
    expect(isCompatible(added)).toBe(true)
    expect(isCompatible(diffDefinitions(definition(), definition({ features: [feature('a')] })))).toBe(false)
  })
})
