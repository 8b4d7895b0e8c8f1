import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Send } from './support/http'
import { Installation } from './support/installation'
import { good, groups } from './support/product'

const group = 'counted'
const service = 'counted_service'

let installation: Installation
let send: Send
beforeAll(async () => {
  installation = await Installation.create('usage', 'off')
  await installation.start()
  send = installation.client(
    await installation.almanac('key', 'create', '--name', 'usage', '--role', 'administrator'),
  )
  const features = [
    { name: 'a', type: 'int64', description: 'One.' },
    { name: 'b', type: 'int64', description: 'Another.' },
  ]
  const body = {
    name: group,
    entity: { name: 'counted_thing', keys: [{ name: 'id', type: 'int64' }] },
    primary_key: ['id'],
    timestamp_key: 'at',
    features,
  }
  good(await send('POST', groups, { body }), 201)
  const rows = [{ id: 1, at: '2026-01-01T00:00:00Z', a: 1, b: 2 }]
  good(await send('POST', `${groups}/${group}/rows`, { body: { rows } }))
  const selection = { name: service, features: [`${group}:a`], purpose: 'counting' }
  good(await send('POST', '/api/v1/feature-services', { body: selection }), 201)
})
afterAll(() => installation.remove())

/** Reads of every kind: how often, and what each is counted as. */
const kinds = [
  {
    times: 120,
    features: ['a', 'b'],
    side: 'online',
    read: () => send('POST', '/api/v1/online-features', { body: online([`${group}:a`, `${group}:b`]) }),
  },
  {
    times: 70,
    features: ['a'],
    side: 'online',
    read: () =>
      send('POST', '/api/v1/online-features', {
        body: { ...online([]), features: undefined, feature_service: service },
      }),
  },
  {
    times: 30,
    features: ['a', 'b'],
    side: 'online',
    read: () => send('GET', `${groups}/${group}/online/1`),
  },
  {
    times: 50,
    features: ['b'],
    side: 'online',
    read: () => send('POST', '/get-online-features', { body: online([`${group}:b`]) }),
  },
  {
    times: 5,
    features: ['a'],
    side: 'offline',
    read: () =>
      send('POST', '/api/v1/historical-features', {
        body: {
          spine: { rows: [{ id: 1, event_timestamp: '2026-02-01T00:00:00Z' }] },
          features: [`${group}:a`],
        },
      }),
  },
]
const online = (features: string[]) => ({ features, entities: { id: [1, 2] } })

async function readAll(): Promise<void> {
  await Promise.all(
    kinds.map(async ({ times, read }) => {
      for (let time = 0; time < times; time++) good(await read())
    }),
  )
}

interface Usage {
  days: { online: number; offline: number }[]
}

/** Reads of each feature by side, as they are stored. */
async function counted(): Promise<Record<string, number>> {
  const sums: Record<string, number> = {}
  for (const feature of ['a', 'b']) {
    const { days } = good<Usage>(await send('GET', `${groups}/${group}/usage?feature=${feature}`))
    sums[`online ${feature}`] = days.reduce((sum, day) => sum + day.online, 0)
    sums[`offline ${feature}`] = days.reduce((sum, day) => sum + day.offline, 0)
  }
  return sums
}

function expected(rounds: number): Record<string, number> {
  const sums: Record<string, number> = { 'online a': 0, 'offline a': 0, 'online b': 0, 'offline b': 0 }
  for (const { times, features, side } of kinds) {
    for (const feature of features) {
      sums[`${side} ${feature}`] = (sums[`${side} ${feature}`] ?? 0) + rounds * times
    }
  }
  return sums
}

it('counts each read of every kind once, also when the portal is stopped right after the last', async () => {
  await readAll()
  await installation.stop()
  await installation.start()
  expect(await counted()).toEqual(expected(1))
  await readAll()
  await expect.poll(counted, { timeout: 10_000 }).toEqual(expected(2))
})
