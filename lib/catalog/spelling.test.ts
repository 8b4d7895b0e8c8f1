import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correction, editDistance, nearSpellings } from './spelling'
import { termsOf } from './terms'
import { highlightRanges, whyFound } from './why'

describe('editDistance', () => {
  it.each([
    ['delay', 'delay', 0],
    ['dleay', 'delay', 1],
    ['dlay', 'delay', 1],
    ['dekay', 'delay', 1],
    ['delayy', 'delay', 1],
    ['', 'abc', 3],
    ['route', 'delay', 5],
  ])('%s to %s is %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits)
  })

  it('is symmetric, and one for every near spelling', () => {
    const word = fc.string({ minLength: 4, maxLength: 9, unit: fc.constantFrom('a', 'b', 'c') })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        for (const near of nearSpellings(a)) expect(editDistance(a, near)).toBe(1)
      }),
    )
  })
})

describe('correction', () => {
  it.each([
    ['dleay', ['delay', 'route'], 'delay'],
    ['dleay', ['delays'], 'delays'],
    ['rout', ['route'], 'rout'],
    ['abcd', ['wxyz'], null],
    ['abc', ['abd'], null],
  ])('%s among %j is %s', (word, candidates, meant) => {
    expect(correction(word, candidates)).toBe(meant)
  })
})

describe('terms', () => {
  it('splits as names are split', () => {
    expect(termsOf(' Flights_By airport:7d ').words).toEqual(['flights', 'by', 'airport', '7d'])
    expect(termsOf('route delay').names).toBe("'route':*A & 'delay':*A")
    expect(termsOf('delay7').anywhere).toBe("('delay7':* | ('delay':* & '7':*))")
  })

  it('never makes a query out of punctuation', () => {
    expect(termsOf("'; drop -- |&!()<>*:\\").words).toEqual(['drop'])
    expect(termsOf('___')).toMatchObject({ text: '___', words: [], names: null, anywhere: null })
  })
})

describe('why', () => {
  const found = { description: 'Mean arrival delay of a route.', entity: 'route', tags: ['late'] }

  it('marks where words begin', () => {
    expect(highlightRanges('route_delays:mean_delay_7d', ['delay'])).toEqual([
      [6, 11],
      [18, 23],
    ])
    expect(highlightRanges('undelayed', ['delay'])).toEqual([])
  })

  it.each([
    ['exact', 'route_delays', 'exact name'],
    ['prefix', 'route_de', 'name begins with “route_de”'],
    ['words', 'delay route', 'name holds “delay”, “route”'],
    ['meaning', 'late', 'tagged late'],
    ['meaning', 'arrival', 'description mentions “arrival”'],
  ] as const)('%s %s: %s', (match, query, why) => {
    expect(whyFound(match, found, termsOf(query), null)).toBe(why)
  })
})
