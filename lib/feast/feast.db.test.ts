import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '@/db/client'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest, readOnline } from '@/lib/ingestion/testing'
import { stopHearingRegistry } from '@/lib/online'
import { registerFeatureGroup, registerFeatureService, registerSource } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { flushUsage } from '@/lib/usage'
import { getFeastOnlineFeatures, push, writeToOnlineStore } from '.'

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
const producer = () => contextOf(['producer'], team, { now: () => now, via: 'feast' })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name
const row = (customer_id: number, more: object) => ({ customer_id, interaction_date: '2026-05-01', ...more })
const sent = (body: object) => ({ text: JSON.stringify(body), idempotency: null })
const read = async (body: object) => JSON.parse((await getFeastOnlineFeatures(producer(), body)).body)
const noTime = '1970-01-01T00:00:00Z'
const time = '2026-05-01T00:00:00.000000Z'

describe('getFeastOnlineFeatures', () => {
  it('answers key columns first, in the order of the request, then the features as asked', async () => {
    const group = await newGroup()
    await ingest(producer(), group, [row(1, { num_logins: 5, avg_session_duration: 2 }), row(2, {})])
    const { body } = await getFeastOnlineFeatures(producer(), {
      features: [`${group}@v1:avg_session_duration`, `${group}@latest:num_logins`],
      entities: { city: ['a', 'b', 'c', 'd'], customer_id: [2, 1, 3, 1] },
    })
    // The client takes a bare integer in a float column for an integer.
    expect(body).toContain('"values":[null,2.0,null,2.0]')
    expect(JSON.parse(body)).toEqual({
      results: [
        {
          values: [2, 1, 3, 1],
          statuses: ['PRESENT', 'PRESENT', 'PRESENT', 'PRESENT'],
          event_timestamps: [noTime, noTime, noTime, noTime],
        },
        {
          values: [null, 2, null, 2],
          statuses: ['NULL_VALUE', 'PRESENT', 'NOT_FOUND', 'PRESENT'],
          event_timestamps: [time, time, noTime, time],
        },
        {
          values: [null, 5, null, 5],
          statuses: ['NULL_VALUE', 'PRESENT', 'NOT_FOUND', 'PRESENT'],
          event_timestamps: [time, time, noTime, time],
        },
      ],
      metadata: { feature_names: ['customer_id', 'avg_session_duration', 'num_logins'] },
    })
  })

  it('reads the service when both are given, and names groups and versions when asked', async () => {
    const group = await newGroup()
    const service = mintName('churn')
    await registerFeatureService(producer(), {
      name: service,
      features: [`${group}:num_logins`],
      owner_team: team.name,
    })
    const { metadata } = await read({
      feature_service: service,
      features: ['nothing:at_all'],
      entities: { customer_id: [1] },
      full_feature_names: true,
      include_feature_view_version_metadata: true,
    })
    expect(metadata).toEqual({
      feature_names: ['customer_id', `${group}__num_logins`],
      feature_view_metadata: [{ name: group, version: 1 }],
    })
  })

  it('says that a value is too old, and counts its reads as any others', async () => {
    const group = await newGroup({ ttl: 'P10D' })
    await ingest(producer(), group, [row(1, { num_logins: 5 })])
    const body = { features: [`${group}:num_logins`], entities: { customer_id: [1] } }
    expect((await read(body)).results[1]).toEqual({
      values: [null],
      statuses: ['OUTSIDE_MAX_AGE'],
      event_timestamps: [time],
    })
    await flushUsage()
    const used = await sql()`select side, reads::int from usage_minutes where group_name = ${group}`
    expect(used).toMatchObject([{ side: 'online', reads: 1 }])
  })

  it.each([
    ['an unknown view', { features: ['nothing:x'] }, { code: 'not_found', details: { missing: 'group' } }],
    ['an unknown service', { feature_service: 'nothing' }, { details: { missing: 'service' } }],
    ['an unknown version', { features: ['GROUP@v7:num_logins'] }, { details: { missing: 'version' } }],
    ['an unknown feature', { features: ['GROUP:nothing'] }, { details: { missing: 'feature' } }],
    ['no features', {}, { code: 'invalid' }],
    ['a malformed reference', { features: ['num_logins'] }, { code: 'invalid' }],
    [
      'columns of different lengths',
      { features: ['GROUP:num_logins'], entities: { customer_id: [1], x: [] } },
      { code: 'invalid' },
    ],
    ['a missing key column', { features: ['GROUP:num_logins'], entities: { x: [1] } }, { code: 'invalid' }],
    ['entities that are no object', { features: ['GROUP:num_logins'], entities: [] }, { code: 'invalid' }],
  ])('refuses %s', async (_, request, error) => {
    const body = { entities: { customer_id: [1] }, ...request }
    const own = JSON.parse(JSON.stringify(body).replaceAll('GROUP', await newGroup()))
    await expect(getFeastOnlineFeatures(producer(), own)).rejects.toMatchObject(error)
  })
})

describe('frames', () => {
  const frame = {
    customer_id: [1, 2],
    num_logins: [5, null],
    avg_session_duration: [1.5, 2],
    event_timestamp: ['2026-05-01T10:00:00', '2026-05-01T11:00:00.5'],
    created: ['2026-05-01T12:00:00', null],
  }
  const values = async (group: string) => {
    const { values, event_times: times } = await readOnline(producer(), [`${group}:num_logins`], {
      customer_id: [1, 2],
    })
    return { values: values[0], times: times[0] }
  }

  it('enter as rows: event_timestamp in UTC, created passed over', async () => {
    const group = await newGroup()
    await writeToOnlineStore(
      producer(),
      sent({ feature_view_name: group, df: frame, allow_registry_cache: false }),
    )
    expect(await values(group)).toEqual({
      values: [5, null],
      times: ['2026-05-01T10:00:00.000000Z', '2026-05-01T11:00:00.500000Z'],
    })
  })

  it('may be pushed to the source that feeds the group', async () => {
    const source = mintName('clicks')
    await registerSource(producer(), { name: source, kind: 'push', owner_team: team.name })
    const group = await newGroup({ source })
    await push(producer(), sent({ push_source_name: source, df: frame }))
    expect((await values(group)).values).toEqual([5, null])
    await newGroup({ source })
    const twice = push(producer(), sent({ push_source_name: source, df: frame }))
    await expect(twice).rejects.toMatchObject({ code: 'invalid' })
  })

  it('may be kept for materialization', async () => {
    const group = await newGroup()
    await push(producer(), sent({ push_source_name: group, df: frame, to: 'offline' }))
    expect((await values(group)).values).toEqual([null, null])
    await push(producer(), sent({ push_source_name: group, df: frame, to: 'online_and_offline' }))
    expect((await values(group)).values).toEqual([5, null])
  })

  it('carry seconds for timestamps and text for JSON', async () => {
    const group = await newGroup({
      features: [
        { name: 'seen_at', type: 'timestamp', description: 'Last seen.' },
        { name: 'profile', type: 'json', description: 'Whatever is known.' },
      ],
    })
    const df = {
      customer_id: [1],
      seen_at: [1_767_225_600],
      profile: ['{"a":[1]}'],
      event_timestamp: ['2026-05-01T10:00:00'],
    }
    await writeToOnlineStore(producer(), sent({ feature_view_name: `${group}@v1`, df }))
    const features = [`${group}:seen_at`, `${group}:profile`]
    const { results } = await read({ features, entities: { customer_id: [1] } })
    expect(results.slice(1).map((one: { values: unknown[] }) => one.values)).toEqual([
      ['2026-01-01T00:00:00.000000Z'],
      [{ a: [1] }],
    ])
    const broken = sent({ feature_view_name: group, df: { ...df, profile: ['{'] } })
    await expect(writeToOnlineStore(producer(), broken)).rejects.toMatchObject({
      details: { errors: [{ pointer: '/df/profile/0' }] },
    })
  })

  it('are written once for each idempotency key', async () => {
    const group = await newGroup()
    const idempotency = { key: mintName('key'), method: 'POST', path: '/push', query: '' }
    const ctx = producer()
    const body = { ...sent({ push_source_name: group, df: frame }), idempotency }
    await push(ctx, body)
    await push(ctx, body)
    const commits = await sql()`select c.id from commits c
      join feature_group_versions v on v.id = c.version_id join feature_groups g on g.id = v.group_id
      where g.name = ${group}`
    expect(commits).toHaveLength(1)
    const other = { ...sent({ push_source_name: group, df: { ...frame, num_logins: [6, 6] } }), idempotency }
    await expect(push(ctx, other)).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([
    ['an unknown view', { push_source_name: 'nothing', df: frame }, { details: { missing: 'push_source' } }],
    ['no name at all', { push_source_name: ':', df: frame }, { code: 'not_found' }],
    ['columns of different lengths', { df: { ...frame, num_logins: [1] } }, { code: 'invalid' }],
    ['no columns', { df: {} }, { code: 'invalid' }],
    ['rows instead of columns', { df: [frame] }, { code: 'invalid' }],
    ['an undeclared column', { df: { ...frame, x: [1, 1] } }, { code: 'invalid' }],
    ['a broken contract', { df: { ...frame, num_logins: [-1, 1] } }, { code: 'invalid' }],
    ['an unknown place', { df: frame, to: 'nowhere' }, { code: 'invalid' }],
  ])('refuse %s', async (_, body, error) => {
    const push_source_name = await newGroup()
    await expect(push(producer(), sent({ push_source_name, ...body }))).rejects.toMatchObject(error)
  })

  it('are refused from who may not write', async () => {
    const group = await newGroup()
    const reader = contextOf(['consumer'], null, { now: () => now })
    await expect(push(reader, sent({ push_source_name: group, df: frame }))).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})
