import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributionLikeness } from './compare-distributions'
import { type ComparedFeature, compareFeatures, sameMeaning } from './compare-features'

interface Pair {
  same_meaning: boolean
  why: string
  a: ComparedFeature
  b: ComparedFeature
}

function pairsOf(name: string): Pair[] {
  const folder = join(import.meta.dirname, '../../../bench/similar')
  const read: { pairs: Pair[] } = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  return read.pairs
}
const pairs = pairsOf('pairs')
const heldOut = pairsOf('held-out')

const feature = (more: Partial<ComparedFeature>): ComparedFeature => ({
  name: 'num_logins',
  description: 'Sign-ins of the customer on the day.',
  entity: 'customer',
  type: 'int64',
  ...more,
})

const scoreOf = (a: ComparedFeature, b: ComparedFeature) => compareFeatures(a, b).score

describe('compareFeatures', () => {
  it('tells the labelled pairs apart: precision and recall of nine in ten', () => {
    const told = pairs.filter(({ a, b }) => scoreOf(a, b) >= sameMeaning)
    const right = told.filter(({ same_meaning }) => same_meaning).length
    expect(right / told.length).toBeGreaterThanOrEqual(0.9)
    expect(right / pairs.filter(({ same_meaning }) => same_meaning).length).toBeGreaterThanOrEqual(0.9)
  })

  it('is right more often than wrong about pairs that its author had not seen', () => {
    const told = heldOut.filter(({ a, b }) => scoreOf(a, b) >= sameMeaning)
    const right = told.filter(({ same_meaning }) => same_meaning).length
    expect(right / told.length).toBeGreaterThanOrEqual(0.7)
    expect(right).toBeGreaterThanOrEqual(7)
  })

  it('does not care who is asked about whom', () => {
    for (const { a, b } of pairs) expect(scoreOf(a, b)).toBeCloseTo(scoreOf(b, a), 10)
  })

  it('finds everything most like itself', () => {
    const all = pairs.flatMap(({ a, b }) => [a, b])
    for (const { a } of pairs) {
      const own = scoreOf(a, a)
      expect(own).toBeGreaterThanOrEqual(0.9)
      for (const other of all) expect(scoreOf(a, other)).toBeLessThanOrEqual(own)
    }
  })

  it.each<[string, Partial<ComparedFeature>]>([
    ['another entity', { entity: 'airport' }],
    ['another kind of type', { type: 'string' }],
    [
      'another window',
      { name: 'num_logins_7d', description: 'Sign-ins of the customer in the last 7 days.' },
    ],
  ])('is less sure of %s', (_, more) => {
    const base = feature({
      name: 'num_logins_30d',
      description: 'Sign-ins of the customer in the last 30 days.',
    })
    const like = { ...base, name: 'login_count_30d' }
    expect(scoreOf(base, { ...like, ...more })).toBeLessThan(scoreOf(base, like) - 0.1)
  })

  it('says what it does not know instead of guessing', () => {
    const { signals } = compareFeatures(feature({ description: '' }), feature({}))
    expect(signals.filter(({ likeness }) => likeness === null).map(({ signal }) => signal)).toEqual([
      'meaning',
      'transformation',
      'distribution',
    ])
  })

  it('stays between 0 and 1 for whatever is written', () => {
    const any = fc.record({
      name: fc.string(),
      description: fc.string({ unit: 'grapheme' }),
      entity: fc.option(fc.string()),
      type: fc.constantFrom('int64', 'string', 'nonsense'),
      expression: fc.option(fc.string()),
    })
    fc.assert(
      fc.property(any, any, (a, b) => {
        const { score } = compareFeatures(a, b)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('distributionLikeness', () => {
  const of = (...values: number[]) => ({
    null_share: 0,
    quantiles: Object.fromEntries(['0.1', '0.25', '0.5', '0.75', '0.9'].map((at, i) => [at, values[i] ?? 0])),
  })

  it('is 1 for the same values, 0 for values a spread apart, null for what is not known', () => {
    expect(distributionLikeness(of(1, 2, 3, 4, 5), of(1, 2, 3, 4, 5))).toBe(1)
    expect(distributionLikeness(of(1, 2, 3, 4, 5), of(11, 12, 13, 14, 15))).toBe(0)
    expect(distributionLikeness(of(7, 7, 7, 7, 7), of(7, 7, 7, 7, 7))).toBe(1)
    expect(distributionLikeness(of(7, 7, 7, 7, 7), of(8, 8, 8, 8, 8))).toBe(0)
    expect(distributionLikeness(of(1, 2, 3, 4, 5), null)).toBeNull()
    expect(distributionLikeness(of(1, 2, 3, 4, 5), { null_share: 0, true_share: 0.5 })).toBeNull()
  })

  it('falls with a share of nulls of its own', () => {
    const nulls = { ...of(1, 2, 3, 4, 5), null_share: 0.5 }
    expect(distributionLikeness(of(1, 2, 3, 4, 5), nulls)).toBeCloseTo(0.7)
  })
})
