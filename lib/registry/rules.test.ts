import { describe, expect, it } from 'vitest'
import { contractFaults } from './contract-terms'
import { registerFeatureGroupInput } from './inputs'
import { needsReview } from './rules'
import { wordsOfName } from './words'

const definition = {
  name: 'route_delays',
  timestamp_key: 'window_end',
  entity: 'route',
  primary_key: ['route_id'],
  features: [{ name: 'mean_delay_7d', type: 'float64' }],
}

/** JSON pointers of what is wrong. */
const faultsOf = (body: object) =>
  registerFeatureGroupInput.safeParse(body).error?.issues.map((issue) => `/${issue.path.join('/')}`) ?? []

describe('the definition of a feature group', () => {
  it('is accepted with its defaults', () => {
    const parsed = registerFeatureGroupInput.parse(definition)
    expect(parsed).toMatchObject({
      classification: 'internal',
      environments: ['prod'],
      tags: [],
      description: '',
    })
    expect(parsed.features[0]).toMatchObject({ role: 'feature', tags: [], description: '' })
  })

  it.each<[string, object, string[]]>([
    ['an upper-case name', { name: 'Route' }, ['/name']],
    ['a type that is none', { features: [{ name: 'a', type: 'int128' }] }, ['/features/0/type']],
    [
      'a feature declared twice',
      {
        features: [
          { name: 'a', type: 'int64' },
          { name: 'a', type: 'int64' },
        ],
      },
      ['/features/1/name'],
    ],
    ['a feature named like a key', { features: [{ name: 'route_id', type: 'int64' }] }, ['/features/0/name']],
    ['a timestamp key that is a key', { timestamp_key: 'route_id' }, ['/timestamp_key']],
    [
      'an input named like a feature',
      { inputs: [{ name: 'mean_delay_7d', type: 'int64' }] },
      ['/inputs/0/name'],
    ],
    ['no feature', { features: [] }, ['/features']],
    ['a reserved name', { features: [{ name: '_op', type: 'string' }] }, ['/features/0/name']],
    ['a duration in months', { ttl: 'P1M' }, ['/ttl']],
    [
      'a label without horizon',
      { features: [{ name: 'y', type: 'bool', role: 'label' }] },
      ['/features/0/horizon'],
    ],
    [
      'a feature looser than its group',
      { classification: 'confidential', features: [{ name: 'a', type: 'int64', classification: 'public' }] },
      ['/features/0/classification'],
    ],
    [
      'a contract that its type cannot keep',
      { features: [{ name: 'a', type: 'string', contract: { min: 1 } }] },
      ['/features/0/contract/min'],
    ],
    [
      'names that the engine keeps for itself',
      {
        features: [
          { name: 'file_row_number', type: 'int64' },
          { name: 'filename', type: 'string' },
        ],
        inputs: [{ name: 'file_index', type: 'int64' }],
      },
      ['/features/0/name', '/inputs/0/name'],
    ],
    [
      'a contract on a derived feature',
      {
        inputs: [{ name: 'x', type: 'int64' }],
        features: [{ name: 'a', type: 'int64', expression: 'x + 1', contract: { min: 0 } }],
      },
      ['/features/0/contract'],
    ],
    ['U+0000 in a text', { description: 'a\u0000b' }, ['/description']],
    ['a secret in a source', { source: { kind: 'table', password: 'x' } }, ['/source']],
    [
      'a key of a type that is no key',
      { entity: { name: 'e', keys: [{ name: 'k', type: 'float64' }] } },
      ['/entity/keys/0/type'],
    ],
  ])('refuses %s', (_, change, pointers) => {
    expect(faultsOf({ ...definition, ...change })).toEqual(pointers)
  })

  it('spells types one way', () => {
    const parsed = registerFeatureGroupInput.parse({
      ...definition,
      features: [{ name: 'a', type: 'decimal( 10 , 2 )' }],
    })
    expect(parsed.features[0]?.type).toBe('decimal(10,2)')
  })
})

describe('contract terms', () => {
  const paths = (contract: Parameters<typeof contractFaults>[0], type: string) =>
    contractFaults(contract, type).map((fault) => fault.path.join('/'))

  it.each<[Parameters<typeof contractFaults>[0], string, string[]]>([
    [{ min: 0, max: 1 }, 'float32', []],
    [{ min: 2, max: 1 }, 'int64', ['min']],
    [{ allowed: ['a', 'b'] }, 'string', []],
    [{ allowed: ['1', 'x'] }, 'int32', ['allowed/1']],
    [{ allowed: ['a'] }, 'float64', ['allowed']],
    [{ pattern: '^[A-Z]{3}$' }, 'string', []],
    [{ pattern: '(' }, 'string', ['pattern']],
    [{ pattern: '(?=a)' }, 'string', ['pattern']],
    [{ pattern: '^((a{1,99}){99}){99}$' }, 'string', ['pattern']],
    [{ pattern: 'a' }, 'int64', ['pattern']],
    [{ nullable: false, max_null_share: 0.1 }, 'int64', ['max_null_share']],
  ])('%j on %s', (contract, type, expected) => {
    expect(paths(contract, type)).toEqual(expected)
  })
})

describe('review', () => {
  it('asks for a second person from confidential up, and for every breaking change', () => {
    expect(needsReview('public', 'first')).toBe(false)
    expect(needsReview('internal', 'compatible')).toBe(false)
    expect(needsReview('confidential', 'first')).toBe(true)
    expect(needsReview('restricted', 'compatible')).toBe(true)
    expect(needsReview('public', 'breaking')).toBe(true)
  })
})

describe('words of a name', () => {
  it.each([
    ['mean_delay_7d', ['mean', 'delay', '7d', '7', 'd']],
    ['flights_by_airport:meanDelay', ['flights', 'by', 'airport', 'meandelay', 'mean', 'delay']],
    ['churn_v1', ['churn', 'v1', 'v', '1']],
  ])('%s', (name, words) => {
    expect(wordsOfName(name)).toEqual(words)
  })
})
