import { describe, expect, it } from 'vitest'
import { prepareDayBars } from './prepare-day-bars'

const days = [
  { date: '2026-03-01', counts: [3, 1] },
  { date: '2026-03-02', counts: [0, 0] },
]

describe('prepareDayBars', () => {
  it('stacks the series of a day and draws nothing for nothing', () => {
    const { bars } = prepareDayBars(days, ['online', 'historical'])
    expect(bars).toEqual([
      { from: 0, to: 0.5, bottom: 0, top: 0.75, series: 0 },
      { from: 0, to: 0.5, bottom: 0.75, top: 1, series: 1 },
    ])
  })

  it('has every number in its table', () => {
    const { table } = prepareDayBars(days, ['online', 'historical'])
    expect(table.head).toEqual(['Day', 'online', 'historical'])
    expect(table.rows).toEqual([
      ['1 Mar 2026', '3', '1'],
      ['2 Mar 2026', '0', '0'],
    ])
  })
})
