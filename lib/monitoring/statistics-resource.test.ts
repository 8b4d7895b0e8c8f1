import { describe, expect, it } from 'vitest'
import type { ColumnProfile } from '@/lib/offline'
import type { ServingFeature } from '@/lib/registry'
import type { Statistics } from './count-statistics'
import { featureStatistics } from './statistics-resource'

const feature = (classification: ServingFeature['classification'], kind: 'float64' | 'int64' = 'float64') =>
  ({
    name: 'salary',
    type: { kind },
    typeText: kind,
    position: 0,
    expression: null,
    role: 'feature',
    horizonSeconds: null,
    contract: null,
    classification,
    permittedUse: [],
    isIdentifier: false,
  }) satisfies ServingFeature

const profile = (rows: number, more: Partial<ColumnProfile> = {}): ColumnProfile => ({
  name: 'salary',
  type: { kind: 'float64' },
  rows,
  nulls: 2,
  nan: 0,
  positiveInfinity: 0,
  negativeInfinity: 0,
  distinct: 3,
  min: 10,
  max: 90,
  mean: 40,
  m2: 1,
  standardDeviation: 5,
  deciles: [10, 20, 30, 40, 50, 60, 70, 80, 90],
  histogram: { edges: [50], counts: [rows - 3, 1] },
  top: [
    { value: '10.0', count: rows - 5 },
    { value: '90.0', count: 3 },
  ],
  trues: null,
  least: '10.0',
  greatest: '90.0',
  ...more,
})

const statisticsOf = (one: ColumnProfile): Statistics => ({
  asOf: '2026-05-03T00:00:00.000000Z',
  history: { rows: one.rows, tombstones: 0, oldestEventTime: null, newestEventTime: null },
  features: new Map([['salary', { profile: one, lengths: null }]]),
  isEstimated: false,
})

describe('featureStatistics', () => {
  it('shows everything of an internal feature, however few rows', () => {
    expect(featureStatistics(feature('internal'), statisticsOf(profile(8)))).toMatchObject({
      hidden: null,
      min: 10,
      max: 90,
      other: 0,
      top: [{ count: 3 }, { count: 3 }],
    })
  })

  it.each(['confidential', 'restricted'] as const)(
    'of few %s rows shows row and null counts alone',
    (level) => {
      const { hidden, ...few } = featureStatistics(
        feature(level),
        statisticsOf(profile(21, { nan: 1, trues: 4 })),
      )
      expect(hidden).toContain('Fewer than 20')
      const told = Object.entries(few).filter(([, value]) => value !== null && JSON.stringify(value) !== '[]')
      expect(Object.fromEntries(told)).toEqual({ name: 'salary', type: 'float64', rows: 21, nulls: 2 })
    },
  )

  it.each(['confidential', 'restricted'] as const)(
    'of enough %s rows hides extremes and what few rows have',
    (level) => {
      const counted = profile(60, { nan: 1, histogram: { edges: [20, 50], counts: [7, 50, 1] } })
      const enough = featureStatistics(feature(level), statisticsOf(counted))
      expect(enough).toMatchObject({
        min: null,
        max: null,
        quantiles: null,
        nan: null,
        mean: 40,
        distinct: 3,
      })
      expect(enough.top).toEqual([{ value: 10, count: 55 }])
      expect(enough.other).toBe(3)
      expect(enough.histogram).toEqual({ edges: [], counts: [58] })
      const many = featureStatistics(feature(level), statisticsOf(profile(400)))
      expect(many.quantiles?.map(({ p }) => p)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    },
  )

  it('gives integers of 64 bits as texts when asked', () => {
    const wide = profile(60, {
      least: '9007199254740993',
      greatest: '9007199254740995',
      top: [{ value: '7', count: 58 }],
    })
    const exact = featureStatistics(feature('internal', 'int64'), statisticsOf(wide))
    expect([exact.min, exact.top[0]?.value]).toEqual([9007199254740993n, 7])
    const texts = featureStatistics(feature('internal', 'int64'), statisticsOf(wide), true)
    expect([texts.min, texts.max, texts.top[0]?.value]).toEqual(['9007199254740993', '9007199254740995', '7'])
  })

  it('has no numbers where nothing was counted', () => {
    const none = featureStatistics(feature('internal'), { ...statisticsOf(profile(9)), features: new Map() })
    expect(none).toMatchObject({ rows: 0, mean: null, min: null, top: [], hidden: null })
  })
})
