import { expect, test } from 'vitest'
import { assetOfPath, type RecentAsset, withRecent } from './recent-assets'

test('pages of assets are known by their address, forms and lists are none', () => {
  expect(assetOfPath('/groups/route_delays')).toEqual({ kind: 'group', name: 'route_delays' })
  expect(assetOfPath('/groups/route_delays/features/mean_7d')).toEqual({
    kind: 'feature',
    name: 'route_delays:mean_7d',
  })
  expect(assetOfPath('/entities/airport')).toEqual({ kind: 'entity', name: 'airport' })
  for (const other of ['/', '/groups', '/groups/route_delays/edit', '/settings/keys', '/catalog/browse']) {
    expect(assetOfPath(other), other).toBeNull()
  }
})

test('the last opened comes first, once, and six are kept', () => {
  const asset = (name: string): RecentAsset => ({ kind: 'group', name })
  const recent = ['a', 'b', 'c', 'd', 'e', 'f'].map(asset)
  expect(withRecent(recent, asset('c')).map(({ name }) => name)).toEqual(['c', 'a', 'b', 'd', 'e', 'f'])
  expect(withRecent(recent, asset('g')).map(({ name }) => name)).toEqual(['g', 'a', 'b', 'c', 'd', 'e'])
})
