import { describe, expect, it } from 'vitest'
import { series, windowAt } from './drift.testing'
import { windowFinding } from './window-finding'

const driftWindow = (overrides: Parameters<typeof windowAt>[1] = {}) => windowAt(2, overrides)
const driftSeries = (reference: Partial<NonNullable<ReturnType<typeof series>['reference']>> = {}) => {
  const known = series()
  return {
    ...known,
    reference: known.reference && { ...known.reference, rows: 1000, nulls: 0, ...reference },
  }
}
const quantiles = (median: number) => [{ p: 0.5, value: median }]

describe('windowFinding', () => {
  it('puts the window’s median beside the reference’s', () => {
    const series = driftSeries({ quantiles: quantiles(4) })
    expect(windowFinding(series, driftWindow({ quantiles: quantiles(7) }))).toBe(
      'Median of f was 7 in the week of 2 Mar; 4 in the reference',
    )
  })

  it('says shares of truth values and of the most frequent text', () => {
    const ofTruth = { ...driftSeries({ trues: 250 }), kind: 'boolean' as const }
    expect(windowFinding(ofTruth, driftWindow({ true_rate: 0.5 }))).toBe(
      'f was true in 50 % of rows in the week of 2 Mar; 25 % in the reference',
    )
    const ofText = { ...driftSeries({ values: [['free', 600]] }), kind: 'categorical' as const }
    expect(windowFinding(ofText, driftWindow(), { value: 'free', share: 0.5 })).toBe(
      'free was 50 % of f in the week of 2 Mar; 60 % in the reference',
    )
  })

  it('claims nothing where nothing is known', () => {
    expect(windowFinding(driftSeries(), driftWindow())).toBe('f in the week of 2 Mar, and the reference')
  })
})
