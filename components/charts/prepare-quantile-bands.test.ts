import { describe, expect, it } from 'vitest'
import { prepareQuantileBands } from './prepare-quantile-bands'

const quantiles = (median: number) =>
  [0.1, 0.25, 0.5, 0.75, 0.9].map((p, index) => ({ p, value: median + index - 2 }))
const point = (start: string, median: number | null) => ({
  start,
  quantiles: median === null ? null : quantiles(median),
  reason: median === null ? 'No rows' : '',
  rows: median === null ? 0 : 40,
})
const input = {
  name: 'delay',
  step: 'week',
  points: [point('2026-03-02', 4), point('2026-03-09', null), point('2026-03-16', 6), point('2026-03-23', 7)],
  reference: quantiles(4),
}

describe('prepareQuantileBands', () => {
  it('breaks line and bands at a window without values, and hatches it', () => {
    const found = prepareQuantileBands(input)
    expect(found.median.match(/M/g)).toHaveLength(2)
    expect(found.outer.match(/Z/g)).toHaveLength(2)
    expect(found.gaps).toEqual([{ from: 0.25, to: 0.5 }])
    expect(found.table.rows[1]).toEqual(['9 Mar 2026', '–', '–', '–', '–', '–', '0'])
  })

  it('says where half of the newest values lay, beside the reference’s', () => {
    expect(prepareQuantileBands(input).finding).toBe(
      'Half of delay lay between 6 and 8 in the week of 23 Mar; 3 and 5 in the reference',
    )
    const none = { ...input, points: [point('2026-03-09', null)] }
    expect(prepareQuantileBands(none).finding).toBe('Quantiles of delay are not known: No rows')
  })
})
