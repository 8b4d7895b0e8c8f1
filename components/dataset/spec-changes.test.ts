import { describe, expect, it } from 'vitest'
import type { ComparisonResource } from '@/lib/datasets/operations'
import { specChanges } from './spec-changes'

const compared = (more: Partial<ComparisonResource>): ComparisonResource => ({
  dataset: 'flight_delays',
  from: 1,
  to: 2,
  same_content: false,
  rows: { from: 1200, to: 1200 },
  schema: [],
  spec: [],
  columns: [],
  note: '',
  ...more,
})
const told = (more: Partial<ComparisonResource>) =>
  specChanges(compared(more)).map(({ what, change, from, to }) => [what, change, from, to])
const field = (name: string, from: unknown, to: unknown) => told({ spec: [{ field: name, from, to }] })

describe('specChanges', () => {
  it('tells features that came, went, and have another version', () => {
    const from = ['airports@1:mean', 'airports@1:share', 'routes@1:count']
    const to = ['airports@2:mean', 'routes@1:count', 'routes@1:p90']
    expect(field('features', from, to)).toEqual([
      ['Feature airports:mean', 'changed', '@1', '@2'],
      ['Feature airports:share', 'removed', '@1', null],
      ['Feature routes:p90', 'added', null, '@1'],
    ])
  })

  it('tells a column once: as its feature, else as a column', () => {
    const spec = [{ field: 'features', from: [], to: ['routes@1:p90'] }]
    const schema: ComparisonResource['schema'] = [
      { column: 'p90', change: 'added', from: null, to: 'float64' },
      { column: 'note', change: 'removed', from: 'string', to: null },
      { column: 'age', change: 'retyped', from: 'int32', to: 'int64' },
    ]
    expect(told({ spec, schema })).toEqual([
      ['Feature routes:p90', 'added', null, '@1'],
      ['Column note', 'removed', 'string', null],
      ['Column age', 'changed', 'int32', 'int64'],
    ])
  })

  it.each([
    [
      'label',
      { feature: 'a@1:late', keys: { id: 'flight_id' } },
      null,
      ['Label', 'removed', 'a@1:late by id = flight_id', null],
    ],
    [
      'known_at',
      '2026-01-01T00:00:00Z',
      '2026-02-01T00:00:00Z',
      ['Known at', 'changed', '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'],
    ],
    [
      'split',
      null,
      { by: 'fraction', test: 0.2, validation: 0, seed: 7 },
      ['Divided into', 'changed', 'one file', 'at random: 20 % test, seed 7'],
    ],
    [
      'split',
      { by: 'time', test_from: '2026-04-01T00:00:00Z', validation_from: null },
      null,
      ['Divided into', 'changed', 'test from 2026-04-01T00:00:00Z', 'one file'],
    ],
    [
      'spine',
      { kind: 'rows', file: 'spine.json', rows: 12000 },
      { kind: 'group', group: 'g', version: 1, columns: [], from: null, to: '2026-04-01T00:00:00Z' },
      ['Rows from', 'changed', '12\u202f000 rows sent along', 'the rows of g@1 to 2026-04-01T00:00:00Z'],
    ],
    [
      'feature_service',
      { name: 'm', version: 1 },
      { name: 'm', version: 2 },
      ['Feature service', 'changed', 'm@1', 'm@2'],
    ],
    ['groups', ['a@1.1', 'b@1.1'], ['a@1.2', 'b@2.1'], ['Revision of a@1', 'changed', '1', '2']],
    [
      'join_keys',
      {},
      { origin: { group: 'airports', keys: { code: 'from_code' } } },
      ['Join of origin', 'added', null, 'airports, code = from_code'],
    ],
    ['full_feature_names', false, true, ['Column names', 'changed', 'feature', 'group__feature']],
    ['purpose', null, 'churn', ['Purpose', 'added', null, 'churn']],
  ])('tells a change of %s in words', (name, from, to, expected) => {
    expect(field(name, from, to)).toEqual([expected])
  })

  it('counts rows that came, and says nothing of what is the same', () => {
    expect(told({ rows: { from: 1200, to: 3400 } })).toEqual([
      ['Row count', 'changed', '1\u202f200', '3\u202f400'],
    ])
    expect(told({})).toEqual([])
  })
})
