import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corrections, editDistance, nearSpellings } from './spelling'
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

describe('corrections', () => {
  it.each([
    ['dleay', ['delay', 'route'], ['delay']],
    ['dleay', ['delays', 'delay'], ['delay', 'delays']],
    ['rotue', ['rota', 'routes', 'route'], ['route', 'routes', 'rota']],
    ['abcd', ['wxyz'], []],
    ['abc', ['abd'], []],
  ])('of %s among %j are %j', (word, candidates, meant) => {
    expect(corrections(word, candidates)).toEqual(meant)
  })
})

describe('terms', () => {
  it('splits as names are split', () => {
    expect(termsOf(' Flights_By airport:7d ').words).toEqual(['flights', 'by', 'airport', '7d'])
    expect(termsOf('routes').names).toBe("('routes':*A | 'route':A)")
    expect(termsOf('route delay').names).toBe("'route':*A & 'delay':*A")
    expect(termsOf('delay7').names).toBe("('delay7':*A | ('delay':*A & '7':*A))")
    expect(termsOf('MeanDelay').words).toEqual(['mean', 'delay'])
    expect(termsOf('mean_Delay 7d').squashed).toBe('meandelay7d')
  })

  it('asks for what is meant by all words for it', () => {
    const [late, route, ...others] = termsOf('the lateness of a route').concepts
    expect([late?.word, route?.word, others]).toEqual(['lateness', 'route', []])
    expect(late?.synonyms).toContain('delay')
    expect(late?.simple).toContain("'delays'")
    expect(termsOf('sick leave').concepts).toMatchObject([
      { simple: expect.stringContaining("('sick' | 'sicks') <-> ('leave' | 'leaves')") },
    ])
    expect(termsOf('of the').concepts.map(({ word }) => word)).toEqual(['of', 'the'])
  })

  it('never makes a query out of punctuation', () => {
    expect(termsOf("'; drop -- |&!()<>*:\\").words).toEqual(['drop'])
    expect(termsOf('___')).toMatchObject({ text: '___', words: [], names: null, concepts: [] })
  })
})

describe('why', () => {
  const found = {
    ...{ name: 'a', description: 'Mean arrival delay of a route.', entity: 'route', tags: ['late'] },
    ...{ team: 'flights', domain: 'network' },
  }

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
    ['meaning', 'belated', 'tagged late'],
    ['meaning', 'average', 'description says “mean” for “average”'],
    ['meaning', 'flights', 'owned by flights'],
    ['meaning', 'network', 'of the domain network'],
  ] as const)('%s %s: %s', (match, query, why) => {
    expect(whyFound(match, found, termsOf(query), null)).toBe(why)
  })
})
