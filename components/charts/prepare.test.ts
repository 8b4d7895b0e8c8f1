import { describe, expect, test } from 'vitest'
import { describeEffect, prepareEffectSeries } from './prepare-effect-series'
import { binLabel, prepareHistogram } from './prepare-histogram'
import { prepareMiniBars, prepareSparkline } from './prepare-sparkline'
import { prepareTopValues } from './prepare-top-values'
import { niceTicks, spread, toUnit } from './scale'

describe('scale', () => {
  test('ticks are round, inside, and at most four', () => {
    expect(niceTicks(0, 0.068)).toEqual([0, 0.02, 0.04, 0.06])
    expect(niceTicks(0, 0.344)).toEqual([0, 0.1, 0.2, 0.3])
    expect(niceTicks(-7, 13)).toEqual([-5, 0, 5, 10])
    expect(niceTicks(5, 5)).toEqual([5])
    expect(niceTicks(0, Number.POSITIVE_INFINITY)).toEqual([])
    for (const high of [1e-9, 0.3, 7, 99, 12345, 1e15]) {
      const ticks = niceTicks(0, high)
      expect(ticks.length).toBeGreaterThanOrEqual(2)
      expect(ticks.length).toBeLessThanOrEqual(4)
    }
  })

  test('positions are clamped and labels kept apart in order', () => {
    expect(toUnit(5, [0, 10])).toBe(0.5)
    expect(toUnit(50, [0, 10])).toBe(1)
    const [low, high] = spread([0.5, 0.51], 0.1) as [number, number]
    expect(high - low).toBeCloseTo(0.1)
    expect(spread([0.99, 1], 0.1)).toEqual([0.9, 1])
  })
})

describe('histogram', () => {
  test('bins are labelled with open ends and single values', () => {
    expect(binLabel({ lower: null, upper: -5 })).toBe('≤ −5')
    expect(binLabel({ lower: 30, upper: null })).toBe('> 30')
    expect(binLabel({ lower: 0, upper: 2.5 })).toBe('0 to 2.5')
    expect(binLabel({ lower: 3, upper: 3 })).toBe('3')
  })

  test('sides of unlike size are compared by share', () => {
    const { columns, table, total } = prepareHistogram([
      { lower: null, upper: 0, count: 30, referenceCount: 500 },
      { lower: 0, upper: null, count: 10, referenceCount: 500 },
    ])
    expect(total).toBe(40)
    expect(columns.map((column) => column.window)).toEqual([1, 0.25 / 0.75])
    expect(columns.map((column) => column.reference)).toEqual([0.5 / 0.75, 0.5 / 0.75])
    expect(table.rows[0]).toEqual(['≤ 0', '30', '75 %', '500', '50 %'])
  })

  test('an empty window draws nothing and does not divide by zero', () => {
    const { columns, total } = prepareHistogram([{ lower: 0, upper: 1, count: 0 }])
    expect(total).toBe(0)
    expect(columns[0]).toMatchObject({ window: 0, reference: null })
    expect(prepareHistogram([]).columns).toEqual([])
  })

  test('edges that are close stay distinguishable', () => {
    const bins = [
      { lower: 1.00001, upper: 1.00002, count: 1 },
      { lower: 1.00002, upper: 1.00003, count: 1 },
    ]
    const labels = prepareHistogram(bins).columns.map((column) => column.label)
    expect(new Set(labels).size).toBe(2)
    expect(labels[0]).toBe('1.00001 to 1.00002')
  })

  test('is to scale only when all bins are equally wide', () => {
    const bin = (lower: number, upper: number) => ({ lower, upper, count: 1 })
    expect(prepareHistogram([bin(0, 1), bin(1, 2)]).toScale).toBe(true)
    expect(prepareHistogram([bin(0, 1), bin(1, 5)]).toScale).toBe(false)
  })
})

describe('effect series', () => {
  const limits = [
    { label: 'warn', value: 0.1 },
    { label: 'fail', value: 0.25 },
  ]
  const series = (...values: (number | null)[]) => ({
    measure: 'PSI',
    step: 'week',
    thresholds: limits,
    points: values.map((value, index) => ({
      start: `2026-05-${String(1 + index * 7).padStart(2, '0')}`,
      value,
      ...(value === null ? { reason: 'no rows' } : {}),
    })),
  })

  test('the finding names the peak and the highest limit it passed', () => {
    expect(describeEffect(series(0.02, 0.31, 0.05))).toBe(
      'PSI reached 0.31 in the week of 8 May, over the fail limit of 0.25',
    )
    expect(describeEffect(series(0.02, null, 0.05))).toBe('PSI stayed below 0.1 in all 2 weeks judged')
    expect(describeEffect(series(null, null))).toBe('PSI is not judged: no rows')
    expect(describeEffect(series())).toBe('PSI is not judged')
  })

  test('a window without a value lifts the pen and is a gap, never zero', () => {
    const prepared = prepareEffectSeries(series(0.1, null, null, 0.1), 180)
    expect(prepared.line.match(/M/g)).toHaveLength(2)
    expect(prepared.line).not.toContain('L')
    expect(prepared.gaps).toEqual([{ from: 0.25, to: 0.75 }])
    expect(prepared.table.rows[1]).toEqual(['8 May 2026', 'not judged: no rows', '–'])
  })

  test('every threshold is inside the picture, also when all values are small', () => {
    const prepared = prepareEffectSeries(series(0.001), 180)
    for (const threshold of prepared.thresholds) {
      expect(threshold.y).toBeGreaterThan(0)
      expect(threshold.y).toBeLessThan(1000)
    }
    expect(prepared.yTicks.length).toBeLessThanOrEqual(4)
  })
})

describe('small drawings', () => {
  test('a missing week breaks the sparkline, a week alone is a dot', () => {
    const path = prepareSparkline([1, null, 3, 4], 56, 18)
    expect(path.match(/M/g)).toHaveLength(2)
    expect(path).toContain('h.01')
    expect(prepareSparkline([], 56, 18)).toBe('')
  })

  test('many bins are added together, none is lost', () => {
    const bars = prepareMiniBars(
      Array.from({ length: 200 }, () => 1),
      14,
    )
    expect(bars.length).toBeLessThanOrEqual(14)
    expect(prepareMiniBars([0, 0])).toEqual([0, 0])
  })

  test('top values: largest first, nulls and the unnamed rest after them', () => {
    const rows = prepareTopValues(
      [
        { value: null, count: 10 },
        { value: '', count: 5 },
        { value: 'ATL', count: 25 },
      ],
      100,
    )
    expect(rows.map(({ label, share }) => [label, share])).toEqual([
      ['ATL', 0.25],
      ['(empty text)', 0.05],
      ['null', 0.1],
      ['all others', 0.6],
    ])
    expect(rows[0]?.width).toBe(1)
    expect(rows[3]?.width).toBe(0)
  })
})
