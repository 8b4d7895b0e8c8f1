import { describe, expect, it } from 'vitest'
import { coefficientText, findingOf, strongestFirst } from './correlation-words'

const pair = (a: string, coefficient: number | null, rows = 900) => ({
  a: `g:${a}`,
  b: 'g:z',
  rows,
  coefficient,
  reason: coefficient === null ? 'one of the two does not vary' : null,
})

describe('a correlation in words', () => {
  it('writes the sign and no more digits than the sample tells', () => {
    expect([0.934, -0.061, 0.004, -0.004, 1].map(coefficientText)).toEqual([
      '+0.93',
      '−0.06',
      '0.00',
      '0.00',
      '+1.00',
    ])
  })

  it('finds the strongest pair whatever its sign', () => {
    const pairs = [pair('a', 0.5), pair('b', null), pair('c', -0.91)]
    expect(strongestFirst(pairs).map(({ a }) => a)).toEqual(['g:c', 'g:a', 'g:b'])
    expect(findingOf({ entity: 'route', pairs }, 'spearman')).toBe(
      'c and z move against each other most: ρ −0.91 over 900 rows',
    )
    expect(findingOf({ entity: 'route', pairs: [pair('a', 0.5)] }, 'pearson')).toBe(
      'a and z move together most: r +0.50 over 900 rows',
    )
  })

  it('calls nothing moving together that chance explains, or that has no rows', () => {
    expect(findingOf({ entity: 'route', pairs: [pair('a', 0.2)] }, 'spearman')).toBe(
      'No two move together; at most a and z, ρ +0.20 over 900 rows',
    )
    expect(findingOf({ entity: 'route', pairs: [pair('a', null)] }, 'spearman')).toBe(
      'No pair of route has rows enough',
    )
  })
})
