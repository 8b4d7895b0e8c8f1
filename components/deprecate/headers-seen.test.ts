import { describe, expect, it } from 'vitest'
import { headersSeen } from './headers-seen'

describe('headersSeen', () => {
  it('writes what answers carry', () => {
    const deprecation = {
      deprecated_at: '2026-11-23T07:00:00.500000Z',
      sunset_at: '2027-02-01T00:00:00.000000Z',
      replacement: 'route_delays@2',
    }
    expect(headersSeen(deprecation)).toEqual([
      'Deprecation: @1795417200',
      'Sunset: Mon, 01 Feb 2027 00:00:00 GMT',
      'Link: </api/v1/feature-groups/route_delays/versions/2>; rel="successor-version"',
    ])
  })

  it('leaves out what is not set', () => {
    const deprecation = { deprecated_at: '2026-11-23T07:00:00Z', sunset_at: null, replacement: null }
    expect(headersSeen(deprecation)).toEqual(['Deprecation: @1795417200'])
    expect(headersSeen({ ...deprecation, replacement: 'route_traffic' })[1]).toBe(
      'Link: </api/v1/feature-groups/route_traffic>; rel="successor-version"',
    )
  })
})
