import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { catalogDocuments, featureGroups, usageConsumers } from '@/db/schema'
import type { Actor, Context } from '@/lib/core/context'
import { testActor, testContext } from '@/lib/identity/testing'
import { registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import { groupBody, mintName } from '@/lib/registry/testing'
import { countReads, countServed, type ReadTarget, servedRequest, serviceTarget } from '@/lib/usage'
import { getUsage } from '../get-usage'
import { servingQuery, togetherQuery, usageListQuery, usageQuery } from '../operations'
import { getServing } from './get-serving'
import { listUsage } from './list-usage'
import { servingCsv, usageCsv } from './usage-csv'
import { getUsedTogether } from './used-together'

const team = mintName('usage_team')
const open = mintName('open')
const hidden = mintName('hidden')
const openService = mintName('open_service')
const hiddenService = mintName('hidden_service')
let owner: Context
let viewer: Context
let auditor: Context

const hourMs = 3_600_000
const now = Date.parse('2026-05-02T12:30:00Z')
const target = (groupName: string, feature: string): ReadTarget => ({
  groupName,
  version: 1,
  feature,
  environment: 'prod',
})
const both = [target(open, 'num_logins'), target(open, 'avg_session_duration')]
const mixed = [target(open, 'num_logins'), target(hidden, 'num_logins')]
const gone: Actor = { kind: 'user', id: mintName('gone'), name: 'Gone', roles: [], teams: [], sessionId: '' }

const at = (ctx: Context) => ({ ...ctx, now: () => new Date(now) })
const usage = (ctx: Context, query: object) => listUsage(ctx, usageListQuery.parse(query))
const figures = async (ctx: Context, query: object) =>
  (await usage(ctx, query)).data
    .filter(({ name }) => name.includes(open) || name.includes(hidden))
    .map(({ name, reads, online, consumers }) => [name, reads, online, consumers])

beforeAll(async () => {
  owner = at(testContext(await testActor({ role: 'producer', team })))
  viewer = at(testContext(await testActor({ role: 'viewer' })))
  auditor = at(testContext(await testActor({ roles: ['reviewer', 'viewer'] })))
  await registerFeatureGroup(owner, groupBody({ name: open }))
  await registerFeatureGroup(owner, groupBody({ name: hidden }))
  await registerFeatureService(owner, { name: openService, features: [`${open}:num_logins`] })
  await registerFeatureService(owner, { name: hiddenService, features: [`${hidden}:num_logins`] })
  // As their rooms write it when somebody classifies them.
  for (const name of [hidden, `${hidden}:num_logins`, hiddenService])
    await db()
      .update(catalogDocuments)
      .set({ classification: 'restricted' })
      .where(eq(catalogDocuments.name, name))
  await db().update(featureGroups).set({ classification: 'restricted' }).where(eq(featureGroups.name, hidden))
  for (let read = 0; read < 3; read++) countReads(owner.actor, 'online', both, 2, now)
  countReads(viewer.actor, 'offline', both, 2, now - 26 * hourMs)
  countReads(gone, 'online', both, 2, now - 2 * hourMs)
  countReads(owner.actor, 'online', mixed, 2, now)
  const service = serviceTarget({ name: openService, version: 1 }, 'prod')
  countReads(owner.actor, 'online', [target(open, 'num_logins'), service], 1, now)
  await db().insert(usageConsumers).values({ kind: 'user', id: gone.id, name: 'Ada Gone' })
})

describe('listUsage', () => {
  it('counts a read of several features once a group, and each feature of it', async () => {
    expect(await figures(owner, { by: 'group' })).toEqual([
      [open, 7, 6, 3],
      [hidden, 1, 1, 1],
    ])
    expect(await figures(owner, { by: 'feature', group: open })).toEqual([
      [`${open}:num_logins`, 7, 6, 3],
      [`${open}:avg_session_duration`, 5, 4, 3],
    ])
  })

  it('tells nothing of what the caller may not know of, in no count', async () => {
    expect(await figures(viewer, { by: 'group' })).toEqual([[open, 7, 6, 3]])
    const asked = { by: 'consumer', consumer: owner.actor.name }
    expect((await usage(viewer, asked)).data.map(({ reads }) => reads)).toEqual([5])
    expect((await usage(owner, asked)).data.map(({ reads }) => reads)).toEqual([6])
    for (const by of ['feature', 'group', 'service', 'consumer']) {
      const text = await usageCsv(viewer, usageListQuery.parse({ by }))
      expect(text).not.toContain(hidden)
      expect(text).not.toContain(hiddenService)
    }
    const lasts = await usage(viewer, { by: 'group', group: hidden })
    expect([lasts.meta.total, lasts.buckets.some(({ online }) => online > 0)]).toEqual([0, false])
  })

  it('has a count for each day or hour, and the last read', async () => {
    const days = await usage(owner, {
      by: 'group',
      group: open,
      from: '2026-04-30',
      to: '2026-05-02T12:30:00Z',
    })
    expect(days.buckets.map(({ start, online, offline }) => [start.slice(0, 10), online, offline])).toEqual([
      ['2026-04-30', 0, 0],
      ['2026-05-01', 0, 1],
      ['2026-05-02', 6, 0],
    ])
    expect(days.data.map(({ series, last_read }) => [series, last_read])).toEqual([
      [[0, 1, 6], '2026-05-02T12:30:00.000000Z'],
    ])
    const hours = await usage(owner, { by: 'group', group: open, bucket: 'hour' })
    expect(hours.data[0]?.series.slice(-3)).toEqual([1, 0, 5])
    expect(hours.data[0]?.series).toHaveLength(24)
  })

  it('names consumers with who answers for them, and keeps the name of who is gone', async () => {
    const { data } = await usage(owner, { by: 'consumer', group: open })
    expect(data.map(({ name, teams }) => [name, teams])).toEqual(
      expect.arrayContaining([
        [owner.actor.name, [team]],
        ['Ada Gone', []],
      ]),
    )
    const found = await getUsage(owner, open, usageQuery.parse({}))
    expect(found.readers.map(({ name }) => name)).toContain('Ada Gone')
  })

  it('lists services by reads of their own', async () => {
    const { data } = await usage(viewer, { by: 'service', service: openService })
    expect(data.map(({ name, reads }) => [name, reads])).toEqual([[openService, 1]])
    expect((await usage(viewer, { by: 'consumer', service: openService })).data).toHaveLength(1)
  })

  it('refuses ranges and filters that make no list', async () => {
    await expect(usage(owner, { from: '2027-01-01' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(usage(owner, { from: '2026-04-01', bucket: 'hour' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(usage(owner, { by: 'feature', service: openService })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(usage(owner, { feature: 'num_logins' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(usage(owner, { by: 'service', group: open })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('getUsedTogether', () => {
  const together = (ctx: Context, feature: string) => getUsedTogether(ctx, togetherQuery.parse({ feature }))

  it('counts each other feature of the same read once, hidden ones never', async () => {
    const seen = await together(viewer, `${open}:num_logins`)
    expect(seen).toMatchObject({
      reads: 5,
      data: [{ feature: `${open}:avg_session_duration`, reads: 5, share: 1 }],
    })
    const all = await together(owner, `${open}:num_logins`)
    expect(all.data.map(({ feature, reads }) => [feature, reads])).toEqual([
      [`${open}:avg_session_duration`, 5],
      [`${hidden}:num_logins`, 1],
    ])
  })

  it('is the same 404 for what is missing and what is hidden', async () => {
    await expect(together(viewer, `${hidden}:num_logins`)).rejects.toMatchObject({ code: 'not_found' })
    await expect(together(viewer, `${open}:no_such`)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('getServing', () => {
  const serving = (ctx: Context, query: object) => getServing(ctx, servingQuery.parse(query))
  const route = mintName('route')

  beforeAll(() => {
    const count = (service: string, status: number, ms: number) =>
      countServed(owner.actor, servedRequest(route, 'prod', { feature_service: service }), status, ms, now)
    for (const ms of [2, 2, 2, 80]) count(openService, 200, ms)
    count(openService, 403, 1)
    count(openService, 500, 1)
    count(hiddenService, 200, 1)
    count('', 200, 1)
  })

  const own = async (ctx: Context, query: object) =>
    (await serving(ctx, query)).rows
      .filter((row) => row.route === route)
      .map(({ service, requests, refused, failed }) => [service, requests, refused, failed])

  it('tells of services that the caller may know of, and of the rest to auditors alone', async () => {
    expect(await own(viewer, {})).toEqual([[openService, 6, 1, 1]])
    expect(await own(owner, {})).toEqual([
      [openService, 6, 1, 1],
      [hiddenService, 1, 0, 0],
    ])
    expect(await own(auditor, {})).toContainEqual([null, 1, 0, 0])
    expect(await own(viewer, { by: 'consumer' })).toEqual([[null, 6, 1, 1]])
    expect(await servingCsv(viewer, servingQuery.parse({}))).not.toContain(hiddenService)
  })

  it('has the latency of answers with values, by hour', async () => {
    const { rows, buckets } = await serving(viewer, { service: openService })
    expect(buckets).toHaveLength(24)
    expect(buckets.at(-1)).toMatchObject({ start: '2026-05-02T12:00:00.000Z', requests: 6 })
    expect(buckets[0]).toMatchObject({ requests: 0, p50_ms: null, p99_ms: null })
    expect(rows[0]?.p50_ms).toBeGreaterThan(1.6)
    expect(rows[0]?.p50_ms).toBeLessThan(2.4)
    expect(rows[0]?.p99_ms).toBeGreaterThan(67)
  })
})
