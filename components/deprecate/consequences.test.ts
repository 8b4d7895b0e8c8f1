import { describe, expect, it } from 'vitest'
import type { ImpactResource } from '@/lib/registry/operations'
import { consequences, whoIsHit } from './consequences'

const nobody: ImpactResource = {
  group: 'route_delays',
  version: 1,
  change: 'deprecate',
  effect: 'Reads go on.',
  services: [],
  groups: [],
  datasets: [],
  models: [],
  consumers: [],
  note: 'Only what you may know of.',
  loses_access: [],
  owner_teams: ['flights'],
  replacement: null,
  refused: null,
}
const service = { name: 'delay_model', version: 1, features: ['mean_delay_7d'], owner_team: 'growth' }
const dataset = { name: 'flight_delays', version: 2, features: ['mean_delay_7d'], owner_team: 'growth' }
const reader = {
  kind: 'key',
  name: 'ci',
  reads: 5,
  reads_7d: 5,
  reads_1d: 0,
  last_read: '2026-11-20T00:00:00Z',
  features: [],
  owner: 'Mara Voss',
  owner_teams: ['flights'],
}

describe('whoIsHit', () => {
  it('counts each kind that is there', () => {
    expect(whoIsHit(nobody)).toBeNull()
    expect(whoIsHit({ ...nobody, services: [service] })).toBe('1 service')
    const all = { services: [service], groups: ['a', 'b'], datasets: [dataset], consumers: [reader] }
    expect(whoIsHit({ ...nobody, ...all })).toBe(
      '1 service, 2 derived groups, 1 training dataset, and 1 reader of the last 30 days',
    )
  })
})

describe('consequences', () => {
  it('says when reads end, and where readers are sent', () => {
    const intent = {
      name: 'route_delays@1',
      replacement: 'route_delays@2',
      isShown: true,
      sunsetAt: '2027-02-01T00:00:00Z',
    }
    const told = consequences(intent, nobody).join(' ')
    expect(told).toContain('point to route_delays@2')
    expect(told).toContain('until 1 Feb 2027, 00:00 UTC and are refused')
    expect(told).toContain('Search shows')
    expect(told).toContain(
      'No service names it, no dataset was built from it, and nobody has read it in 30 days.',
    )
  })

  it('says what readers have to change to move', () => {
    const intent = { name: 'a@1', replacement: 'b@1', isShown: false, sunsetAt: null }
    const warnings = ['It lacks 1 of 2 features: waves.']
    const told = consequences(intent, nobody, { reference: 'b@1', refused: null, warnings })
    expect(told).toContain('Moving to b@1: It lacks 1 of 2 features: waves.')
  })

  it('says that reads go on, and whom to tell', () => {
    const hit = { ...nobody, services: [service], owner_teams: ['flights', 'growth'] }
    const intent = { name: 'route_delays@1', replacement: '', isShown: false, sunsetAt: null }
    const told = consequences(intent, hit).join(' ')
    expect(told).not.toContain('Search shows')
    expect(told).toContain('Reads go on, without an end date.')
    expect(told).not.toContain('point to')
    expect(told).toContain('Whom to tell: flights and growth.')
  })
})
