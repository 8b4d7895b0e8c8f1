import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { DuckDBInstance } from '@duckdb/node-api'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import {
  auditLog,
  catalogDocuments,
  commits,
  featureGroups,
  onlineRows,
  teams,
  usageMinutes,
} from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { getContract, listBreaches } from '@/lib/contracts'
import { env } from '@/lib/core/env'
import { systemContext } from '@/lib/identity'
import { testActor, testContext } from '@/lib/identity/testing'
import { listTransformationRuns, runTransformation, testVersion } from '@/lib/ingestion'
import { definitions, startRunner } from '@/lib/jobs'
import { getHistoricalFeatures } from '@/lib/offline'
import { readOnlineFeatures } from '@/lib/online'
import { registerFeatureGroup } from '@/lib/registry'
import { describeSample } from './describe'
import { flightGroups } from './groups'
import { loadSample } from './load'
import { removeOnRequest, replayOnRequest } from './on-request'
import { removeSample } from './remove'
import { replaySample } from './replay'
import { readState } from './state'

vi.setConfig({ testTimeout: 120_000 })
process.env.ALMANAC_SAMPLE = 'small'
const ctx = systemContext({ via: 'cli', now: () => new Date('2026-11-23T06:00:00Z') })

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let runner: ReturnType<typeof startRunner>
beforeAll(async () => {
  engine = await startEngineForTests()
  runner = startRunner(definitions)
})
afterAll(async () => {
  await runner.stop()
  await engine.stop()
})

/** A query over the files that the pipeline reads, as it would be written by hand. */
async function allFromSource(query: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  await connection.run(`create view flights as from '${join(env().home, 'sources/flights/*.parquet')}'`)
  const rows = (await connection.runAndReadAll(query)).getRowObjects()
  connection.closeSync()
  instance.closeSync()
  return rows
}

const fromSource = async (query: string) => (await allFromSource(query))[0] ?? {}

async function online(features: string[], entities: Record<string, unknown[]>) {
  const { body } = await readOnlineFeatures(ctx, { features, entities, metadata: true })
  const { values, event_times: times }: { values: unknown[][]; event_times: string[][] } = JSON.parse(body)
  return { values: values.map(([value]) => value), time: times[0]?.[0] }
}

it('goes on after a kill, and each group has its rows once', async () => {
  const killed = loadSample(ctx, ({ name }) => {
    if (name === 'route_delays') throw new Error('killed')
  })
  await expect(killed).rejects.toThrow('killed')
  expect(await readState()).toMatchObject({ state: 'loading' })
  const steps: string[] = []
  const { outcome, state } = await loadSample(ctx, ({ name }) => steps.push(name))
  expect(outcome).toBe('loaded')
  expect(steps).toContain('route_delays')
  expect(state).toEqual({ state: 'loaded', variant: 'small', shift_weeks: 1325, next_day: '2026-10-25' })
  const made = await db().select().from(commits)
  expect(made).toHaveLength(flightGroups.length + 2)
  expect(made.every(({ rows }) => rows > 0)).toBe(true)
  expect(made.every(({ onlineState }) => onlineState === 'done' || onlineState === 'not_online')).toBe(true)
})

it('has contracts that owner and reader signed, and one is broken by what has not arrived', async () => {
  const broken = {
    term: 'freshness max_age',
    outcome: 'window',
    observed: 'newest event 2026-10-25T00:00:00.000Z',
  }
  for (const [group, breaches] of [
    ['route_traffic', [broken]],
    ['airport_profile', []],
  ] as const) {
    const { contract, open_breaches: open } = await getContract(ctx, { group })
    expect(contract).toMatchObject({ state: 'in_force', change: 'first' })
    expect(contract?.signatures.map(({ party, name, signed_by: by }) => [party, name, by])).toEqual([
      ['owner', 'network', 'Almanac'],
      ['service', 'delay_model_v2', 'Mara Voss'],
    ])
    expect(open).toBe(breaches.length)
    const { data } = await listBreaches(ctx, { group, limit: 5 })
    expect(data).toMatchObject(breaches)
  }
})

it('changes nothing when it is loaded already', async () => {
  const before = await db().$count(auditLog)
  expect((await loadSample(ctx)).outcome).toBe('was_there')
  expect(await db().$count(auditLog)).toBe(before)
})

it('serves what a query by hand gives, and nothing of the held-back weeks', async () => {
  const { values, time } = await online(
    ['airport_delays:departures_7d', 'airport_delays:mean_delay_7d', 'airport_delays:share_late_7d'],
    { airport_code: ['ATL'] },
  )
  expect(time).toBe('2026-10-25T00:00:00.000000Z')
  const byHand =
    await fromSource(`select count(*)::int as n, avg(delay) as mean, avg((delay >= 15)::int) as late
    from flights where origin = 'ATL' and date >= timestamp '2026-10-18' and date < timestamp '2026-10-25'`)
  expect(values).toEqual([byHand.n, byHand.mean, byHand.late])
})

it('gives each flight, as of its departure, what earlier flights say, and nothing of its own delay', async () => {
  const spine = await allFromSource(`
    select flight_id, origin, destination, origin as airport_code, strftime(date, '%Y-%m-%dT%H:%M:%SZ') as event_timestamp
    from flights order by md5(flight_id::varchar) limit 300`)
  const request = {
    spine: { rows: spine.map((row) => ({ ...row, flight_id: Number(row.flight_id) })) },
    timestamp_column: 'event_timestamp',
    features: [
      'airport_delays:mean_delay_7d',
      'airport_delays:departures_28d',
      'route_delays:route_share_late_28d',
      'route_traffic:route_flights_1d',
      'airport_profile:destinations_28d',
    ],
  }
  const { stream } = await getHistoricalFeatures(ctx, { request, upload: null, format: 'json' })
  const { rows }: { rows: Record<string, unknown>[] } = JSON.parse(await text(stream))
  const inWindow = (days: number, closed: string) =>
    `f.date >= s.${closed} - interval ${days} days and f.date < s.${closed} and f.flight_id <> s.flight_id`
  const byHand = await allFromSource(`
    with spine as (
      select *, date_trunc('day', date) as closed, date_trunc('week', date + interval 1 day) - interval 1 day as sunday,
        date_trunc('day', min(date) over ()) + interval 28 days as first_closed
      from flights
    ), chosen as (select * from spine order by md5(flight_id::varchar) limit 300)
    select
      case when closed >= first_closed then (select avg(delay) from flights f where f.origin = s.origin and ${inWindow(7, 'closed')}) end as mean_delay_7d,
      case when closed >= first_closed then (select count(*)::int from flights f where f.origin = s.origin and ${inWindow(28, 'closed')}) end as departures_28d,
      case when closed >= first_closed then (select avg(case when delay >= 15 then 1 else 0 end) from flights f
        where f.origin = s.origin and f.destination = s.destination and ${inWindow(28, 'closed')}) end as route_share_late_28d,
      case when closed >= first_closed then (select count(*)::int from flights f
        where f.origin = s.origin and f.destination = s.destination and ${inWindow(1, 'closed')}) end as route_flights_1d,
      case when sunday >= first_closed then (select count(distinct destination)::int from flights f
        where f.origin = s.origin and ${inWindow(28, 'sunday')}) end as destinations_28d
    from chosen s order by md5(flight_id::varchar)`)
  expect(rows).toHaveLength(300)
  expect(rows.filter((row) => row.mean_delay_7d !== null).length).toBeGreaterThan(100)
  expect(byHand).toHaveLength(300)
  for (const [index, row] of rows.entries()) expect(row).toMatchObject(byHand[index] ?? {})
})

it('replays a day a tick, with reads by two keys of their own', async () => {
  const days: string[] = []
  const answer = await replaySample(ctx, { days: 2, onDay: ({ day, rows }) => rows > 0 && days.push(day) })
  expect(answer).toEqual({ replayed: 2, left: 26 })
  expect(days).toEqual(['2026-10-25', '2026-10-26'])
  const { values, time } = await online(['route_traffic:route_flights_1d'], {
    origin: ['ATL'],
    destination: ['DFW'],
  })
  expect(time).toBe('2026-10-27T00:00:00.000000Z')
  const byHand =
    await fromSource(`select count(*)::int as n from flights where origin = 'ATL' and destination = 'DFW'
    and date >= timestamp '2026-10-26' and date < timestamp '2026-10-27'`)
  expect(values).toEqual([byHand.n])
  const consumers = await db()
    .selectDistinct({ id: usageMinutes.consumerId })
    .from(usageMinutes)
    .where(eq(usageMinutes.consumerKind, 'key'))
  expect(consumers).toHaveLength(2)
})

it('lets the scheduler do it: each group ran once for each day, on new data', async () => {
  for (const { name } of flightGroups) {
    const { data } = await listTransformationRuns(ctx, { group: name })
    const scheduled = data.filter(({ trigger }) => trigger !== 'hand')
    expect(scheduled.map(({ trigger, state }) => `${trigger} ${state}`)).toEqual([
      'new_data succeeded',
      'new_data succeeded',
    ])
  }
})

it.each(flightGroups.map(({ name }) => [name]))('%s keeps its tests', async (name) => {
  const { passed, tests } = await testVersion(ctx, name, 1)
  expect(tests.filter((one) => !one.passed)).toEqual([])
  expect(tests.length).toBeGreaterThan(0)
  expect(passed).toBe(true)
})

it('finds nothing twice when a day is run again', async () => {
  const again = await runTransformation(ctx, { group: 'airport_delays' }, { to: '2026-10-27T00:00:00Z' })
  expect(again).toMatchObject({ rows: 0, commit: null })
})

it('brings a day when an administrator asks, and tells what it is', async () => {
  const administrator = testContext(await testActor({ role: 'administrator' }), { now: ctx.now })
  await expect(replayOnRequest(administrator, { days: 29 })).rejects.toMatchObject({ code: 'invalid' })
  const { days, left } = await replayOnRequest(administrator, undefined)
  expect(days.map(({ day }) => day)).toEqual(['2026-10-27'])
  expect(left).toBe(25)
  const told = await describeSample(administrator)
  expect(told).toMatchObject({
    state: 'loaded',
    moved: { weeks: 1325, true_first_day: '2001-01-01', last_day: '2026-11-21' },
    held_back: { first_day: '2026-10-25', last_day: '2026-11-21', days: 28 },
    planted: [
      { day: '2026-11-03', arrived: false },
      { day: '2026-11-12', arrived: false },
    ],
    used_by: [],
  })
  expect(told.held_back.left).toHaveLength(25)
  expect(told.assets.groups).toHaveLength(flightGroups.length + 2)
})

it('tells and does nothing without the right or the word', async () => {
  const reviewer = testContext(await testActor({ role: 'reviewer' }))
  for (const work of [describeSample, replayOnRequest, removeOnRequest]) {
    await expect(work(reviewer, { confirm: 'sample' })).rejects.toMatchObject({ code: 'forbidden' })
  }
  for (const body of [undefined, {}, { confirm: 'yes' }]) {
    await expect(removeOnRequest(ctx, body)).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: body === undefined ? '' : '/confirm' }] },
    })
  }
  expect((await readState())?.state).toBe('loaded')
})

it('stays whole while somebody has built on it, and may be removed by administrators alone', async () => {
  const producer = testContext(await testActor({ role: 'producer', team: 'flights' }))
  await expect(removeSample(producer)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(replaySample(producer, { days: 1 })).rejects.toMatchObject({ code: 'forbidden' })
  const own = await registerFeatureGroup(producer, {
    name: 'runway_length',
    entity: 'airport',
    timestamp_key: 'measured_at',
    owner_team: 'flights',
    features: [{ name: 'runway_feet', type: 'int64' }],
  })
  await expect(removeSample(ctx)).rejects.toMatchObject({
    code: 'conflict',
    details: { extensions: { users: [`feature group ${own.name}`] } },
  })
  expect(await describeSample(ctx)).toMatchObject({ used_by: [`feature group ${own.name}`] })
  expect(await db().$count(featureGroups, eq(featureGroups.sample, true))).toBe(flightGroups.length + 2)
  await db().delete(catalogDocuments).where(eq(catalogDocuments.groupName, own.name))
  await db().update(featureGroups).set({ entityId: null }).where(eq(featureGroups.name, own.name))
})

it('goes with one action, stays away at the next start, and comes back when asked', async () => {
  expect(await removeOnRequest(ctx, { confirm: 'sample' })).toEqual({ groups: 8, services: 3 })
  expect(await describeSample(ctx)).toMatchObject({ state: 'removed', assets: { groups: [] } })
  expect(await db().$count(featureGroups, eq(featureGroups.sample, true))).toBe(0)
  expect(await db().$count(catalogDocuments, eq(catalogDocuments.sample, true))).toBe(0)
  expect(await db().$count(onlineRows)).toBe(0)
  expect(await db().$count(commits)).toBe(0)
  expect(await db().$count(teams, eq(teams.sample, true))).toBeGreaterThan(2)
  expect(existsSync(join(env().home, 'sources', 'flights'))).toBe(false)
  expect(readdirSync(join(env().home, 'offline', 'prod'))).toEqual([])
  expect((await loadSample(ctx)).outcome).toBe('removed')
  expect((await loadSample(ctx, undefined, { again: true })).outcome).toBe('loaded')
})
