import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { type Ended, offeredAssets, type UsableAsset, usableSelection } from './asset'
import { EndedNote } from './ended-note'

const version = (number: number): UsableAsset => ({
  group: 'route_delays',
  version: number,
  promoted: true,
  keys: [{ name: 'route', type: 'string' }],
  timestampKey: 'at',
  online: true,
  features: [{ name: 'mean_delay', type: 'float64' }],
})
const since = '2026-11-01T00:00:00.000000Z'
const ended: Ended = { name: 'route_delays@1', since, grace: null, replacement: 'route_delays@2' }
const grace = { of: 'key', name: 'trainer', until: '2026-12-01T00:00:00.000000Z' } as const

describe('a version past its sunset', () => {
  it('offers the code of what takes its place, its own for a grace alone, and none where there is neither', () => {
    const first = version(1)
    const second = version(2)
    expect(offeredAssets(first)).toEqual([first])
    const gone = { ...first, ended: [ended] }
    expect(offeredAssets(gone)).toEqual([])
    expect(offeredAssets({ ...gone, successor: second })).toEqual([second])
    const graced = { ...first, ended: [{ ...ended, grace }], successor: second }
    expect(offeredAssets(graced)).toEqual([second, graced])
  })

  it('takes the code of all that reads it along', () => {
    const service = usableSelection('model', { feature_service: 'model' }, [
      { ...version(3), ended: null },
      { ...version(1), ended },
    ])
    expect(offeredAssets(service)).toEqual([])
    expect(service.ended).toEqual([ended])
  })

  it('says since when, what to read instead, and until when whose grace lasts', () => {
    const text = (one: Ended) =>
      renderToStaticMarkup(<EndedNote ended={one} />)
        .replace(/<[^>]+>/g, '')
        .replace(/\s+/g, ' ')
    expect(text(ended)).toContain('route_delays@1 has ended')
    expect(text(ended)).toMatch(/refused \(410\) since .*1 Nov.* Read route_delays@2 instead\./)
    expect(text(ended)).not.toContain('grace')
    expect(text({ ...ended, grace })).toMatch(/A grace lets your API key trainer read on until .*1 Dec/)
    expect(text({ ...ended, replacement: null })).toContain('Nothing was named that takes its place.')
  })
})
