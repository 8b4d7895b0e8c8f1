import { describe, expect, it } from 'vitest'
import { pieces, planWindows, type WindowPlan } from './plan-windows'
import { instantOf, microsOf } from './window-time'

const at = (text: string) => microsOf(text)
const day = 86_400_000_000n
const base: WindowPlan = {
  watermark: at('2026-03-10T00:00:00Z'),
  now: at('2026-03-12T10:30:00Z'),
  until: null,
  news: { earliest: null, latest: null },
  reach: null,
  interval: null,
  lookback: null,
}
const planned = (change: Partial<WindowPlan>) =>
  planWindows({ ...base, ...change }).map(({ from, to }) => [
    instantOf(from).slice(0, 19),
    instantOf(to).slice(0, 19),
  ])

describe('planWindows', () => {
  it('goes on from the watermark up to now, and on a grid up to its last point', () => {
    expect(planned({})).toEqual([['2026-03-10T00:00:00', '2026-03-12T10:30:00']])
    expect(planned({ interval: day })).toEqual([['2026-03-10T00:00:00', '2026-03-12T00:00:00']])
  })

  it('waits for files that have not come, to the end of the interval that they reach into', () => {
    const reach = at('2026-03-10T23:59:00Z')
    expect(planned({ interval: day, reach })).toEqual([['2026-03-10T00:00:00', '2026-03-11T00:00:00']])
    expect(planned({ interval: day, reach: at('2026-03-09T23:00:00Z') })).toEqual([])
  })

  it('re-opens what late rows have changed, and no more than the look-back says', () => {
    const news = { earliest: at('2026-03-02T08:00:00Z'), latest: at('2026-03-02T09:00:00Z') }
    expect(planned({ interval: day, news, lookback: day })).toEqual([
      ['2026-03-02T00:00:00', '2026-03-04T00:00:00'],
      ['2026-03-10T00:00:00', '2026-03-12T00:00:00'],
    ])
    expect(planned({ interval: day, news })).toEqual([['2026-03-02T00:00:00', '2026-03-12T00:00:00']])
  })

  it('does not compute the window again that closes where the new rows begin', () => {
    const news = { earliest: at('2026-03-10T00:00:00Z'), latest: at('2026-03-10T23:59:00Z') }
    const reach = at('2026-03-10T23:59:00Z')
    expect(planned({ interval: day, news, reach, lookback: 28n * day })).toEqual([
      ['2026-03-10T00:00:00', '2026-03-11T00:00:00'],
    ])
  })

  it('takes a row at the very watermark in where rows are made one by one', () => {
    const news = { earliest: at('2026-03-10T00:00:00Z'), latest: at('2026-03-10T23:59:00Z') }
    const [span] = planWindows({
      ...base,
      news,
      interval: day,
      lookback: 0n,
      reach: at('2026-03-10T23:59:00Z'),
    })
    expect(span).toEqual({ from: at('2026-03-10T00:00:00Z') - 1n, to: at('2026-03-11T00:00:00Z') })
  })

  it('holds a late row at its very instant where there is no grid', () => {
    const at2 = at('2026-03-02T08:00:00Z')
    const [span] = planWindows({ ...base, news: { earliest: at2, latest: at2 } })
    expect(span?.from).toBe(at2 - 1n)
  })
})

it('cuts a span at the multiples of a step, and loses nothing', () => {
  const span = { from: at('2026-03-01T12:00:00Z'), to: at('2026-03-03T06:00:00Z') }
  expect(pieces(span, day)).toEqual([
    { from: span.from, to: at('2026-03-02T00:00:00Z') },
    { from: at('2026-03-02T00:00:00Z'), to: at('2026-03-03T00:00:00Z') },
    { from: at('2026-03-03T00:00:00Z'), to: span.to },
  ])
})
