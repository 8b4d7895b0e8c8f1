import { describe, expect, it } from 'vitest'
import { assetsOfPath } from './asset-of-path'

describe('assetsOfPath', () => {
  it('names the asset whose page or form an address is, the closest first', () => {
    expect(assetsOfPath('/groups/route_delays/new-version')).toEqual([
      { kind: 'group', name: 'route_delays' },
    ])
    expect(assetsOfPath('/services/delay_model')).toEqual([{ kind: 'service', name: 'delay_model' }])
    expect(assetsOfPath('/groups/a/features/b')).toEqual([
      { kind: 'feature', name: 'a:b' },
      { kind: 'group', name: 'a' },
    ])
    expect(assetsOfPath('/groups/a%20b')).toEqual([{ kind: 'group', name: 'a b' }])
  })

  it('names none where there is none', () => {
    for (const path of [
      '/',
      '/groups',
      '/groups/',
      '/register/entity',
      '/toString/x',
      '/groups/%zz',
      '/%zz/x',
    ])
      expect(assetsOfPath(path)).toEqual([])
  })
})
