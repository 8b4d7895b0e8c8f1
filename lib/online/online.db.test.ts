import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, sql } from '@/db/client'
import { auditLog, commits, featureGroups } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest, readOnline } from '@/lib/ingestion/testing'
import { deprecateVersion, registerFeatureGroup, registerFeatureService } from '@/lib/registry'
import {
  classifyFeature,
  contextOf,
  groupBody,
  mintName,
  mintTeam,
  type TestTeam,
} from '@/lib/registry/testing'
import { flushUsage } from '@/lib/usage'
import { readOneKey, readOnlineFeatures, stopHearingRegistry } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(async () => {
  await stopHearingRegistry()
  await engine.stop()
})

const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now) => contextOf(['producer'], team, { now: () => at })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name

const routeBody = () => ({
  entity: {
    name: mintName('route'),
    keys: [
      { name: 'origin', type: 'string' },
      { name: 'destination', type: 'string' },
    ],
  },
  primary_key: ['origin', 'destination'],
})

describe('readOnlineFeatures', () => {
  it('answers in request order, duplicates twice, keys converted exactly', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [
      { customer_id: 1001, interaction_date: '2026-05-01', num_logins: 5, avg_session_duration: 2 },
    ])
    const { body } = await readOnlineFeatures(ctx, {
      features: [`${group}:avg_session_duration`, `${group}:num_logins`],
      entities: { customer_id: ['1001', 7, 1001, null] },
    })
    expect(body).toMatch(
      /^\{"features":\["avg_session_duration","num_logins"\],"entities":\{"customer_id":\[1001,7,1001,null\]\},"values":\[\[2\.0,null,2\.0,null\],\[5,null,5,null\]\],"meta":\{"served_at":"2026-06-01T00:00:00\.000Z"\}\}$/,
    )
    await expect(
      readOnline(ctx, [`${group}:num_logins`], { customer_id: [1001, 1001.5] }),
    ).rejects.toMatchObject({
      details: { errors: [{ pointer: '/entities/customer_id/1', rule: 'integral' }] },
    })
  })

  it('says of each value whether it is there, null, unknown or too old', async () => {
    const ctx = producer()
    const group = await newGroup({ ttl: 'P10D' })
    await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-22T00:00:00Z', num_logins: 1 },
      { customer_id: 2, interaction_date: '2026-05-21T23:59:59.999999Z', num_logins: 2 },
      { customer_id: 3, interaction_date: '2026-05-30' },
    ])
    const features = [`${group}:num_logins`]
    const read = await readOnline(ctx, features, { customer_id: [1, 2, 3, 4] })
    expect(read.statuses).toEqual([['PRESENT', 'OUTSIDE_MAX_AGE', 'NULL_VALUE', 'NOT_FOUND']])
    expect(read.values).toEqual([[1, null, null, null]])
    expect(read.event_times).toEqual([
      ['2026-05-22T00:00:00.000000Z', '2026-05-21T23:59:59.999999Z', '2026-05-30T00:00:00.000000Z', null],
    ])
    const stale = await readOnline(ctx, features, { customer_id: [2] }, { stale: 'return' })
    expect([stale.values, stale.statuses]).toEqual([[[2]], [['OUTSIDE_MAX_AGE']]])
  })

  it('keeps composite keys apart and serves groups of different keys together', async () => {
    const ctx = producer()
    const route = await newGroup(routeBody())
    const customer = await newGroup()
    await ingest(ctx, route, [
      { origin: '1', destination: '12', interaction_date: '2026-05-01', num_logins: 1 },
      { origin: '11', destination: '2', interaction_date: '2026-05-01', num_logins: 2 },
    ])
    await ingest(ctx, customer, [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: 3 }])
    const read = await readOnline(
      ctx,
      [`${route}:num_logins`, `${customer}:num_logins`],
      { origin: ['1', '11', '1'], destination: ['12', '2', '2'], customer_id: [1, 2, 1] },
      { full_feature_names: true },
    )
    expect(read.features).toEqual([`${route}__num_logins`, `${customer}__num_logins`])
    expect(read.values).toEqual([
      [1, 2, null],
      [3, null, 3],
    ])
    const one = await readOneKey(ctx, { group: route, keys: ['11', '2'] })
    expect(JSON.parse(one.body)).toMatchObject({
      key: { origin: '11', destination: '2' },
      values: { num_logins: 2 },
      statuses: { num_logins: 'PRESENT' },
    })
    await expect(readOneKey(ctx, { group: route, keys: ['11'] })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('serves a group without a key as one row', async () => {
    const ctx = producer()
    const group = await newGroup({ entity: undefined, primary_key: [] })
    await ingest(ctx, group, [{ interaction_date: '2026-05-01', num_logins: 4 }])
    expect((await readOnline(ctx, [`${group}:num_logins`], {})).values).toEqual([[4]])
    expect(JSON.parse((await readOneKey(ctx, { group, keys: [] })).body)).toMatchObject({
      key: {},
      values: { num_logins: 4 },
    })
  })

  it('reads a service by name, with its version, and counts what it read', async () => {
    const ctx = producer()
    const group = await newGroup()
    const service = mintName('churn')
    await registerFeatureService(ctx, {
      name: service,
      features: [`${group}:num_logins`],
      owner_team: team.name,
    })
    await ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: 5 }])
    const { body } = await readOnlineFeatures(ctx, {
      feature_service: service,
      entities: { customer_id: [1, 2] },
    })
    expect(JSON.parse(body)).toMatchObject({
      values: [[5, null]],
      meta: { feature_service: service, service_version: 1 },
    })
    await flushUsage()
    const used =
      await sql()`select side, feature, reads::int, cells::int from usage_minutes where group_name = ${group}`
    expect(used).toMatchObject([{ side: 'online', feature: 'num_logins', reads: 1, cells: 2 }])
  })

  it('spells integers of 64 bits as strings for who asks', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(
      ctx,
      group,
      '{"rows":[{"customer_id":1,"interaction_date":"2026-05-01","num_logins":9007199254740993}]}',
    )
    const request = { features: [`${group}:num_logins`], entities: { customer_id: [1, 2] } }
    const { body } = await readOnlineFeatures(ctx, request, { int64AsString: true })
    expect(JSON.parse(body)).toMatchObject({
      entities: { customer_id: ['1', '2'] },
      values: [['9007199254740993', null]],
    })
  })

  it('tells that a version is deprecated, as soon as it is, and 410 past its sunset', async () => {
    const ctx = producer()
    const group = await newGroup()
    const request = { features: [`${group}:num_logins`], entities: { customer_id: [1] } }
    expect((await readOnlineFeatures(ctx, request)).headers).toEqual({})
    const replacement = await newGroup()
    await deprecateVersion(ctx, group, 1, { reason: 'old', replacement, sunset_at: '2026-06-10T00:00:00Z' })
    await expect
      .poll(async () => (await readOnlineFeatures(ctx, request)).headers)
      .toEqual({
        deprecation: `@${now.getTime() / 1000}`,
        sunset: 'Wed, 10 Jun 2026 00:00:00 GMT',
        link: `</api/v1/feature-groups/${replacement}>; rel="successor-version"`,
      })
    const late = readOnlineFeatures(producer(new Date('2026-06-10T00:00:00Z')), request)
    await expect(late).rejects.toMatchObject({ code: 'gone', details: { extensions: { replacement } } })
  })

  it('says when the online half of a commit is still on its way', async () => {
    const ctx = producer()
    const group = await newGroup()
    const first = await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-01', num_logins: 5 },
    ])
    const late = await ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-02', num_logins: 6 }])
    await db()
      .update(commits)
      .set({ onlineState: 'pending' })
      .where(eq(commits.id, late.commit ?? ''))
    const { body } = await readOnlineFeatures(ctx, {
      features: [`${group}:num_logins`],
      entities: { customer_id: [1] },
    })
    expect(JSON.parse(body).meta.online).toEqual({ state: 'pending', watermark: first.created })
  })

  it('writes an audit row for confidential values alone', async () => {
    const ctx = producer()
    const group = await newGroup()
    const request = { features: [`${group}:num_logins`], entities: { customer_id: [1, 2] } }
    const rows = () => db().$count(auditLog, eq(auditLog.action, 'group:read_online'))
    const before = await rows()
    await readOnlineFeatures(ctx, request)
    expect(await rows()).toBe(before)
    await db()
      .update(featureGroups)
      .set({ classification: 'confidential' })
      .where(eq(featureGroups.name, group))
    await readOnlineFeatures(ctx, { ...request, full_feature_names: true })
    expect(await rows()).toBe(before + 1)
  })
})

describe('a restricted column of an open group', () => {
  const outsider = () => contextOf(['consumer'], null, { now: () => now })
  const mixed = async () => {
    const group = await newGroup()
    await ingest(producer(), group, [
      { customer_id: 1, interaction_date: '2026-05-01', num_logins: 5, avg_session_duration: 2 },
    ])
    await classifyFeature(group, 'avg_session_duration', 'restricted')
    return group
  }
  const textOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'answered', String)

  it('is to an outsider as if it were not there, also when the plan is known from someone who may', async () => {
    const group = await mixed()
    const request = (feature: string) => ({
      features: [`${group}@1:${feature}`],
      entities: { customer_id: [1] },
    })
    const missing = await textOf(readOnlineFeatures(outsider(), request('nothing')))
    expect(missing).toContain(`Feature ${group}@1:nothing was not found.`)
    const hidden = missing.replace('nothing', 'avg_session_duration')
    expect(await textOf(readOnlineFeatures(outsider(), request('avg_session_duration')))).toBe(hidden)
    const member = contextOf(['consumer'], team, { now: () => now })
    expect(await textOf(readOnlineFeatures(member, request('avg_session_duration')))).toContain('grant')
    expect(await textOf(readOnlineFeatures(outsider(), request('avg_session_duration')))).toBe(hidden)
  })

  it('is left out of all features of a key, and named as omitted to who may know of it', async () => {
    const group = await mixed()
    const read = async (ctx: ReturnType<typeof outsider>) =>
      JSON.parse((await readOneKey(ctx, { group, keys: ['1'] })).body)
    const open = await read(outsider())
    expect(open).toMatchObject({ values: { num_logins: 5 } })
    expect(JSON.stringify(open)).not.toContain('avg_session_duration')
    expect(await read(producer())).toMatchObject({
      values: { num_logins: 5 },
      omitted: ['avg_session_duration'],
    })
  })
})

describe('readOnlineFeatures refuses', () => {
  it.each([
    ['an unknown feature', { features: ['GROUP:nothing'], entities: { customer_id: [1] } }, 'not_found'],
    ['an unknown service', { feature_service: 'nothing', entities: {} }, 'not_found'],
    ['neither service nor features', { entities: {} }, 'invalid'],
    ['a missing key column', { features: ['GROUP:num_logins'], entities: {} }, 'invalid'],
    [
      'an unknown key column',
      { features: ['GROUP:num_logins'], entities: { customer_id: [1], x: [1] } },
      'invalid',
    ],
    ['keys that are no lists', { features: ['GROUP:num_logins'], entities: { customer_id: 1 } }, 'invalid'],
    [
      'a feature twice',
      { features: ['GROUP:num_logins', 'GROUP:num_logins'], entities: { customer_id: [1] } },
      'invalid',
    ],
    [
      'more than 5,000 keys',
      { features: ['GROUP:num_logins'], entities: { customer_id: Array(5001).fill(1) } },
      'too_large',
    ],
    [
      'another environment',
      { features: ['GROUP:num_logins'], entities: { customer_id: [1] }, environment: 'dev' },
      'not_found',
    ],
  ])('%s', async (_, request, code) => {
    const own = JSON.parse(JSON.stringify(request).replaceAll('GROUP', await newGroup()))
    await expect(readOnlineFeatures(producer(), own)).rejects.toMatchObject({ code })
  })

  it('more than 500,000 values, and not one less', async () => {
    const wide = Array.from({ length: 101 }, (_, at) => ({
      name: `f${at}`,
      type: 'int64',
      description: 'One.',
    }))
    const group = await newGroup({ features: wide })
    const read = (width: number) =>
      readOnlineFeatures(producer(), {
        features: wide.slice(0, width).map(({ name }) => `${group}:${name}`),
        entities: { customer_id: Array(5000).fill(1) },
      })
    await expect(read(101)).rejects.toMatchObject({ code: 'too_large' })
    expect(JSON.parse((await read(100)).body).values).toHaveLength(100)
  })

  it('a purpose that no grant is for, also right after one that is', async () => {
    const group = await newGroup()
    await db()
      .update(featureGroups)
      .set({ classification: 'restricted' })
      .where(eq(featureGroups.name, group))
    const [row] = await db().select().from(featureGroups).where(eq(featureGroups.name, group))
    const reader = contextOf(['consumer'], null, { now: () => now })
    const grant = {
      action: 'group:read_online',
      groupId: row?.id,
      environments: [],
      purpose: 'churn prediction',
      expiresAt: new Date('2027-01-01T00:00:00Z'),
    }
    const actor = { ...reader.actor, grants: [grant] }
    const read = (purpose: string | null, more: object = {}) =>
      readOnlineFeatures(
        { ...reader, actor, purpose },
        { features: [`${group}:num_logins`], entities: { customer_id: [1] }, ...more },
      ).then(
        () => 'answered',
        (error) => error.code,
      )
    expect(await read('churn prediction')).toBe('answered')
    expect(await read('curiosity')).not.toBe('answered')
    expect(await read(null)).toBe('forbidden')
    expect(await read(null, { purpose: 'churn prediction' })).toBe('answered')
  })

  it('lists of different lengths', async () => {
    const group = await newGroup(routeBody())
    const request = {
      features: [`${group}:num_logins`],
      entities: { origin: ['a'], destination: ['b', 'c'] },
    }
    await expect(readOnlineFeatures(producer(), request)).rejects.toMatchObject({
      details: { errors: [{ pointer: '/entities/destination' }] },
    })
  })

  it('who may not read, also when the plan is known from someone who may', async () => {
    const group = await newGroup()
    const request = { features: [`${group}:num_logins`], entities: { customer_id: [1] } }
    await readOnlineFeatures(producer(), request)
    await expect(readOnlineFeatures(contextOf(['viewer']), request)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
