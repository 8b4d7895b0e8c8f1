import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '@/lib/core/context'
import { registerDomain, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { browse } from './browse'
import { browseQuery } from './browse-operations'

let owner: Context
const viewer = contextOf(['viewer'])
const at = (query: Record<string, unknown>, ctx = viewer) => browse(ctx, browseQuery.parse(query))
const names = async (query: Record<string, unknown>, ctx = viewer) =>
  (await at(query, ctx)).data.map(({ name }) => name)

const entity = { name: 'harbour', keys: [{ name: 'customer_id', type: 'int64' }] }
const feature = (name: string, more: object = {}) => ({ name, type: 'int64', description: 'Ships.', ...more })

beforeAll(async () => {
  owner = contextOf(['producer', 'consumer'], await mintTeam())
  const group = (name: string, more: object) =>
    registerFeatureGroup(owner, groupBody({ name, entity, features: [feature('ships')], ...more }))
  await group('moorings', {
    domain: 'shipping',
    features: [
      feature('ships_7d'),
      feature('anchors'),
      feature('cargo_zebra', { classification: 'restricted' }),
    ],
  })
  await group('tides', {})
  await group('berths_zebra', { domain: 'zebra_trade', classification: 'restricted' })
  await registerDomain(owner, { name: 'empty_area' })
})

describe('browse', () => {
  it('begins with the domains, empty ones too, and what states none last', async () => {
    const { level, data } = await at({})
    expect(level).toBe('domain')
    expect(data.find(({ name }) => name === 'shipping')).toMatchObject({ groups: 1, features: 2 })
    expect(data.find(({ name }) => name === 'empty_area')).toMatchObject({ groups: 0, features: 0 })
    expect(data.at(-1)).toMatchObject({ name: '-', owner_team: null })
  })

  it('goes to entities, groups and features, each as far as it was said', async () => {
    expect(await names({ domain: 'shipping' })).toEqual(['harbour'])
    expect((await at({ domain: 'shipping' })).data[0]).toMatchObject({ groups: 1, features: 2 })
    expect(await names({ domain: 'shipping', entity: 'harbour' })).toEqual(['moorings'])
    expect(await names({ entity: 'harbour' })).toEqual(['moorings', 'tides'])
    expect(await names({ domain: '-', entity: 'harbour' })).toEqual(['tides'])
    expect((await at({ group: 'moorings' })).data).toMatchObject([
      { name: 'ships_7d', type: 'int64' },
      { name: 'anchors' },
    ])
  })

  it('gives pages and the number of all', async () => {
    const first = await at({ group: 'moorings', limit: 1 })
    expect(first.meta.total).toBe(2)
    const second = await at({ group: 'moorings', limit: 1, cursor: first.meta.next_cursor })
    expect(second.data.map(({ name }) => name)).toEqual(['anchors'])
    expect(second.meta.next_cursor).toBeNull()
  })

  it('tells nothing of what is hidden, and counts it for nobody else', async () => {
    expect(JSON.stringify(await at({ entity: 'harbour', limit: 200 }))).not.toContain('zebra')
    const [moorings] = (await at({ domain: 'shipping', entity: 'harbour' })).data
    expect(moorings).toMatchObject({ name: 'moorings', features: 2 })
    const counted = (await at({ limit: 200 })).data.find(({ name }) => name === 'zebra_trade')
    expect(counted?.groups ?? 0).toBe(0)
    expect(await names({ domain: 'zebra_trade', entity: 'harbour' })).toEqual([])
    expect(await names({ group: 'berths_zebra' })).toEqual([])
    expect(await names({ domain: 'zebra_trade', entity: 'harbour' }, owner)).toEqual(['berths_zebra'])
    // Of a team alone, without a role: what others registered is not there, though it be empty.
    const member = contextOf([], await mintTeam())
    expect(await names({ limit: 200 }, member)).toEqual([])
    expect(await names({ domain: 'shipping' }, member)).toEqual([])
  })
})
