import { beforeAll, expect, it } from 'vitest'
import { db } from '@/db/client'
import { usageMinutes } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { registerFeatureGroup, registerFeatureService, registerSource } from '@/lib/registry'
import { contextOf, groupBody, mintTeam } from '@/lib/registry/testing'
import { getHub } from './hub'

let owner: Context
let team: string
const viewer = contextOf(['viewer'])
const entity = { name: 'lighthouse', keys: [{ name: 'customer_id', type: 'int64' }] }
const feature = (name: string, more: object = {}) => ({ name, type: 'int64', description: 'Light.', ...more })

const read = (consumerId: string, groupName: string, name: string, reads: number) =>
  db().insert(usageMinutes).values({
    minute: new Date().toISOString(),
    consumerKind: 'apiKey',
    consumerId,
    groupName,
    version: 1,
    feature: name,
    environment: 'prod',
    side: 'online',
    reads,
    cells: reads,
  })

beforeAll(async () => {
  const own = await mintTeam()
  team = own.name
  owner = contextOf(['producer', 'consumer', 'administrator'], own)
  await registerSource(owner, { name: 'lamp_log', kind: 'push', description: 'Lamps.', config: {} })
  const group = (name: string, more: object) =>
    registerFeatureGroup(owner, groupBody({ name, entity, domain: 'coast', ...more }))
  await group('lamps', { features: [feature('flashes'), feature('hours')], source: 'lamp_log' })
  await group('keepers', { features: [feature('keepers_zebra')], classification: 'restricted' })
  await registerFeatureService(owner, {
    name: 'lamp_service',
    description: 'Lamps.',
    features: ['lamps:flashes', 'lamps:hours'],
  })
  await read('reader_one', 'lamps', 'flashes', 5)
  await read('reader_one', 'lamps', 'hours', 3)
  await read('reader_two', 'keepers', 'keepers_zebra', 9)
})

it('gathers what is known around an entity and within a domain', async () => {
  for (const asked of [{ entity: 'lighthouse' }, { domain: 'coast' }]) {
    const hub = await getHub(viewer, asked)
    expect(hub).toEqual({
      groups: 1,
      features: 2,
      owners: [{ name: team, count: 1 }],
      services: [{ name: 'lamp_service', count: 2 }],
      servicesTotal: 1,
      sources: ['lamp_log'],
      readersTotal: 1,
      readers: [{ kind: 'apiKey', name: 'reader_one', reads: 5 }],
    })
  }
})

it('counts what is restricted for those who may know of it', async () => {
  const hub = await getHub(owner, { entity: 'lighthouse' })
  expect(hub).toMatchObject({ groups: 2, features: 3, readersTotal: 2 })
  expect(JSON.stringify(await getHub(viewer, { domain: 'coast' }))).not.toMatch(/zebra|reader_two|keepers/)
})
