import { describe, expect, it } from 'vitest'
import type { WindowCounts } from '@/lib/offline'

type Cell = WindowCounts['cells'][number]

import { edgePlaces } from './distances/bins'
import { freezeNumeric, profileNumeric } from './distances/profile'
import { uniformGenerator } from './distances/random'
import { edgesOf, frameOf, numericProfileOf } from './frames'
import { noCounts } from './profile-of'

/** The engine's cells, by hand. */
function cellsOf(edges: readonly number[], values: readonly number[]): Cell[] {
  const cells = new Map<string, Cell>()
  for (const x of values) {
    const edge = edges.filter((one) => one <= x).length
    const onEdge = edge > 0 && edges[edge - 1] === x
    const cell = cells.get(`${edge} ${onEdge}`) ?? { edge, onEdge, count: 0, sum: 0 }
    cells.set(`${edge} ${onEdge}`, { ...cell, count: cell.count + 1, sum: cell.sum + x })
  }
  return [...cells.values()]
}

const ascending = (values: readonly number[]) => Float64Array.from(values).sort()
const next = uniformGenerator(3)
const spread = (rows: number, low: number, high: number) =>
  Array.from({ length: rows }, () => low + (high - low) * next())

const references: Record<string, number[]> = {
  'a spread': spread(997, -50, 50),
  'few values': spread(500, 0, 12).map(Math.floor),
  'mostly zero': spread(800, 0, 100).map((x) => (x < 60 ? 0 : x)),
  'one value': [7, 7, 7],
  'one row': [3.25],
  'thirty integers': spread(900, 0, 30).map(Math.floor),
}
const windows = [spread(300, -80, 80), spread(300, 0, 30).map(Math.floor), [-1e9, 0, 0, 7, 1e9], []]

describe.each(Object.entries(references))('a frame of %s', (_, reference) => {
  const sorted = ascending(reference)
  const places = edgePlaces(sorted.length)
  const different = [...new Set(sorted)]
  const frame = frameOf(sorted.length, {
    at: new Map(places.map((place) => [place, sorted[place] ?? Number.NaN])),
    values: different.length <= 20 ? different : null,
  })

  it('is what freezing all values gives', () => expect(frame).toEqual(freezeNumeric(sorted)))

  it.each([reference, ...windows])('counts a window as from its values', (...values) => {
    const expected = profileNumeric(values, frame)
    const actual = numericProfileOf(frame, {
      ...noCounts('x'),
      rows: values.length,
      mean: expected.mean,
      m2: expected.m2,
      min: expected.min,
      max: expected.max,
      cells: cellsOf(edgesOf(frame), values),
    })
    expect(actual.counts).toEqual(expected.counts)
    expect([actual.belowMin, actual.aboveMax]).toEqual([expected.belowMin, expected.aboveMax])
    expect(actual.grid?.counts).toEqual(expected.grid?.counts)
    for (const [i, sum] of (actual.grid?.sums ?? []).entries())
      expect(sum).toBeCloseTo(expected.grid?.sums[i] ?? Number.NaN, 6)
  })
})
