import { describe, expect, it } from 'vitest'
import type { DriftSeries } from '@/lib/monitoring/operations'
import { driftLimits as limits, nothing, series, windowAt } from './drift.testing'
import {
  driftCharts,
  hiddenReason,
  overlaidBins,
  overlaidValues,
  parseCounts,
  windowOf,
} from './prepare-drift'

describe('driftCharts', () => {
  it('draws nothing where nothing was judged, and says why', () => {
    const [moved] = driftCharts(series())
    expect(moved?.points.at(-1)).toMatchObject({
      value: null,
      reason: 'No rows in the window, so drift is not judged',
    })
  })

  it('takes the limits in force in the newest window with rows', () => {
    const raised = { ...limits, psi: { warn: 0.4, fail: 0.4 } }
    const charts = driftCharts(
      series({ windows: [windowAt(1), windowAt(8, { thresholds: raised }), nothing] }),
    )
    expect(charts.find(({ id }) => id === 'psi')?.thresholds).toEqual([{ label: 'fail', value: 0.4 }])
  })

  it('sets the null rate beside every score, against the reference’s own', () => {
    const nulls = driftCharts(series()).at(-1)
    expect(nulls?.thresholds.map(({ value }) => Number(value.toFixed(4)))).toEqual([0.02, 0.06])
    expect(driftCharts(series({ kind: 'presence' })).map(({ id }) => id)).toEqual(['nulls'])
    expect(driftCharts(series({ kind: 'boolean' })).map(({ id }) => id)).toEqual(['true_rate', 'nulls'])
  })
})

describe('the finding', () => {
  it('stands over the null rate when values went missing and the rest stayed', () => {
    const lost = windowAt(8, { judged: 'fail', null_rate: 0.2, null_rate_change: 0.2 })
    const charts = driftCharts(series({ windows: [windowAt(1), lost], finding: 'f lost values' }))
    expect(charts.map(({ id, title }) => [id, title === 'f lost values'])).toEqual([
      ['nulls', true],
      ['moved', false],
      ['psi', false],
    ])
  })

  it('stands over the movement otherwise', () => {
    const drifted = windowAt(8, { judged: 'fail', psi: 0.5 })
    expect(driftCharts(series({ windows: [windowAt(1), drifted] }))[0]).toMatchObject({
      id: 'moved',
      title: 'f held steady',
    })
  })
})

describe('overlaidBins', () => {
  it('lays window and reference on the same right-closed bins', () => {
    expect(overlaidBins([1, 2, 3], series().reference)).toEqual([
      { lower: null, upper: 1, count: 1, referenceCount: 100 },
      { lower: 1, upper: 2, count: 2, referenceCount: 200 },
      { lower: 2, upper: null, count: 3, referenceCount: 96 },
    ])
  })

  it('draws nothing when the bins are not the same', () => {
    expect(overlaidBins([1, 2], series().reference)).toEqual([])
  })
})

describe('overlaidValues', () => {
  const known = series().reference
  const reference: DriftSeries['reference'] = known && {
    ...known,
    rows: 104,
    nulls: 4,
    values: [
      ['a', 60],
      ['b', 40],
    ],
  }

  it('sets the reference’s share beside each value, also of values that are gone', () => {
    const counts = parseCounts({
      kind: 'categorical',
      rows: 10,
      missing: 0,
      values: [
        ['a', 9],
        ['new', 1],
      ],
    })
    if (counts?.kind !== 'categorical') throw new Error('not parsed')
    expect(overlaidValues(counts, reference)).toEqual([
      { value: 'a', count: 9, referenceShare: 0.6 },
      { value: 'new', count: 1 },
      { value: 'b', count: 0, referenceShare: 0.4 },
    ])
  })
})

describe('windowOf', () => {
  it('finds the window that holds the day, else the newest with rows', () => {
    expect(windowOf(series(), '2026-03-03')?.start).toContain('2026-03-01')
    expect(windowOf(series(), null)?.start).toContain('2026-03-08')
    expect(windowOf(series(), 'soon')?.start).toContain('2026-03-08')
  })
})

describe('parseCounts', () => {
  it('knows only what can be drawn', () => {
    expect(parseCounts({ kind: 'numeric', rows: 3, missing: 0, counts: [1, 2], grid: null })).toEqual({
      kind: 'numeric',
      rows: 3,
      missing: 0,
      counts: [1, 2],
    })
    expect(hiddenReason({ kind: 'numeric', hidden: 'Fewer than 20 rows.' })).toBe('Fewer than 20 rows.')
    expect(parseCounts(null)).toBeNull()
  })
})
