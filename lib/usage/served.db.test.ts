import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/db/client'
import { testActor } from '@/lib/identity/testing'
import { registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam } from '@/lib/registry/testing'
import { countReads, countServed, flushServed, flushUsage, type ReadTarget, servedRequest } from '.'
import { latencyQuantile } from './latency'
import { returnServed, takeServed } from './served'
import { serviceTarget } from './service-target'

const { actor } = contextOf(['consumer'])
const noon = Date.parse('2026-05-01T12:00:30Z')
let route = ''

beforeEach(() => {
  route = mintName('route')
})

async function newService(): Promise<string> {
  const producer = contextOf(['producer'], await mintTeam())
  const group = await registerFeatureGroup(producer, groupBody({}))
  const name = mintName('service')
  await registerFeatureService(producer, { name, features: [`${group.name}:num_logins`] })
  return name
}

const stored = () =>
  sql()<{ service: string; environment: string; status: number; requests: number; latency: number[] }[]>`
    select service, environment, status, requests::int, latency from serving_hours where route = ${route}
    order by service, environment, status`

describe('how requests were answered', () => {
  it('adds up by hour, service, consumer and status, also when it is written in between', async () => {
    const service = await newService()
    const request = servedRequest(route, 'prod', { feature_service: service })
    for (const milliseconds of [1, 1, 40]) countServed(actor, request, 200, milliseconds, noon)
    countServed(actor, request, 403, 2, noon)
    await flushServed()
    countServed(actor, request, 200, 40, noon + 60_000)
    countServed(null, request, 401, 1, noon)
    countServed(actor, request, 200, 1, noon + 3_600_000)
    await flushServed()
    expect((await stored()).map(({ status, requests }) => [status, requests])).toEqual([
      [200, 4],
      [200, 1],
      [401, 1],
      [403, 1],
    ])
    const [first] = await stored()
    expect(latencyQuantile(first?.latency ?? [], 0.5)).toBeGreaterThan(0.8)
    expect(latencyQuantile(first?.latency ?? [], 0.5)).toBeLessThan(1.2)
    expect(latencyQuantile(first?.latency ?? [], 0.99)).toBeGreaterThan(33)
  })

  it('keeps no name that nothing has', async () => {
    for (const name of ['no_such_service', 'no_other', 7, 'x'.repeat(100)])
      countServed(actor, servedRequest(route, 'prod', { feature_service: name }), 404, 1, noon)
    countServed(actor, servedRequest(route, 'prod', { environment: 'nowhere' }), 404, 1, noon)
    await flushServed()
    expect((await stored()).map((row) => [row.service, row.environment, row.requests])).toEqual([
      ['', '', 1],
      ['', 'prod', 4],
    ])
  })

  it('loses nothing when it cannot be written', async () => {
    const request = servedRequest(route, 'prod', null)
    countServed(actor, request, 200, 1, noon)
    const taken = takeServed()
    countServed(actor, request, 200, 1, noon)
    returnServed(taken)
    await flushServed()
    expect((await stored()).map(({ requests }) => requests)).toEqual([2])
  })
})

describe('what is read together', () => {
  it('is one row a selection and day, whatever the order, the version and the number of pairs', async () => {
    const group = mintName('sets')
    const service = await newService()
    const targets = (version: number, ...features: string[]): ReadTarget[] =>
      features.map((feature) => ({ groupName: group, version, feature, environment: 'prod' }))
    countReads(actor, 'online', targets(1, 'a', 'b', 'c'), 3, noon)
    countReads(actor, 'offline', targets(2, 'c', 'b', 'a'), 3, noon)
    countReads(actor, 'online', targets(1, 'a'), 1, noon)
    await flushUsage()
    countReads(actor, 'online', targets(1, 'a', 'b', 'c'), 3, noon + 86_400_000)
    const served = serviceTarget({ name: service, version: 1 }, 'prod')
    countReads(actor, 'online', [...targets(1, 'a', 'b'), served], 2, noon)
    await flushUsage()
    const rows = await sql()`
      select s.service, s.members, d.day::date::text as day, d.reads::int from read_sets s
      join read_set_days d on d.set_id = s.id where s.members @> array[${`${group}:a`}]
      order by s.service, d.day`
    const all = [`${group}:a`, `${group}:b`, `${group}:c`]
    expect(rows).toEqual([
      { service: '', members: all, day: '2026-05-01', reads: 2 },
      { service: '', members: all, day: '2026-05-02', reads: 1 },
      { service, members: all.slice(0, 2), day: '2026-05-01', reads: 1 },
    ])
  })
})

it('remembers what a consumer is called', async () => {
  const person = await testActor({ role: 'viewer' })
  const target = { groupName: mintName('named'), version: 1, feature: 'a', environment: 'prod' }
  countReads(person, 'online', [target], 1, noon)
  await flushUsage()
  expect(await sql()`select name from usage_consumers where id = ${person.id}`).toEqual([
    { name: person.name },
  ])
})
