import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { featureGroups, featureGroupVersions, versionEnvironments } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { contractedPlaces, listBreaches, proposeContract } from '@/lib/contracts'
import { ingest } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { getDayStrip } from '../day-strip'
import { getVerdict } from '../verdict'
import { judgeContracts } from './judge-contracts'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const at = (instant: string) =>
  contextOf(['producer', 'administrator'], team, { now: () => new Date(instant) })

const row = (key: number, interaction_date: string, value: number | null = 1) => ({
  customer_id: key,
  interaction_date,
  num_logins: value,
  avg_session_duration: value,
})

/** A group whose contract holds from 1 May on. */
async function groupWith(terms: object): Promise<string> {
  const { name } = await registerFeatureGroup(at('2026-05-01T00:00:00Z'), groupBody())
  await proposeContract(at('2026-05-01T00:00:00Z'), name, { terms })
  return name
}

const breaches = async (group: string, now: string) => {
  const { data } = await listBreaches(at(now), { group, limit: 200 })
  return data.map(({ term, outcome, severity, observed, window, closed_at }) => ({
    term,
    outcome,
    severity,
    observed,
    day: window?.start.slice(0, 10),
    isOpen: closed_at === null,
  }))
}

const clause = async (group: string, now: string) =>
  (await getVerdict(at(now), { group })).find(({ id }) => id === 'contract')

describe('judgeContracts', () => {
  it('judges the rows of a day once they had a day to arrive, and again when they come late', async () => {
    const group = await groupWith({ rows: { per_day: { min: 2 } } })
    await ingest(at('2026-05-02T10:00:00Z'), group, [row(1, '2026-05-02T08:00:00Z')])
    await judgeContracts(new Date('2026-05-03T12:00:00Z'))
    expect(await breaches(group, '2026-05-03T12:00:00Z')).toEqual([])
    await judgeContracts(new Date('2026-05-04T00:00:00Z'))
    const broken = { term: 'rows', outcome: 'window', severity: 'fail', observed: '1 row', day: '2026-05-02' }
    expect(await breaches(group, '2026-05-04T00:00:00Z')).toEqual([{ ...broken, isOpen: true }])
    expect(await clause(group, '2026-05-04T00:00:00Z')).toMatchObject({
      state: 'fail',
      text: 'contract kept 0 of 1 day',
    })
    const strip = (await getDayStrip(at('2026-05-04T00:00:00Z'), [group])).get(group) ?? []
    expect(strip.find(({ date }) => date === '2026-05-02')).toMatchObject({
      state: 'fail',
      detail: expect.stringContaining('contract broken: 1 row; promised: at least 2 rows a day'),
    })
    await ingest(at('2026-05-04T01:00:00Z'), group, [row(2, '2026-05-02T09:00:00Z')])
    await judgeContracts(new Date('2026-05-04T02:00:00Z'))
    expect(await breaches(group, '2026-05-04T02:00:00Z')).toEqual([{ ...broken, isOpen: false }])
    expect(await clause(group, '2026-05-04T02:00:00Z')).toMatchObject({
      state: 'ok',
      text: 'contract kept 2 of 2 days with arrivals',
    })
  })

  it('judges the share of nulls over the whole day, as a warning where the term warns', async () => {
    const share = { feature: 'num_logins', max: 0.5, enforcement: 'warn' }
    const group = await groupWith({ null_share: [share] })
    const ctx = at('2026-05-02T10:00:00Z')
    await ingest(ctx, group, [row(1, '2026-05-02T08:00:00Z', null), row(2, '2026-05-02T09:00:00Z')])
    await ingest(ctx, group, [row(3, '2026-05-02T08:00:00Z', null)])
    await judgeContracts(new Date('2026-05-04T00:00:00Z'))
    expect(await breaches(group, '2026-05-04T00:00:00Z')).toEqual([
      {
        term: 'null_share num_logins',
        outcome: 'window',
        severity: 'warn',
        observed: '2 of 3 rows are null',
        day: '2026-05-02',
        isOpen: true,
      },
    ])
    expect(await clause(group, '2026-05-04T00:00:00Z')).toMatchObject({ state: 'warn' })
  })

  it('opens a breach while the newest row is too old, and ends it with the next rows', async () => {
    const group = await groupWith({ freshness: { max_age: 'PT6H' } })
    await ingest(at('2026-05-02T10:00:00Z'), group, [row(1, '2026-05-02T09:00:00Z')])
    await judgeContracts(new Date('2026-05-02T15:00:00Z'))
    expect(await breaches(group, '2026-05-02T15:00:00Z')).toEqual([])
    await judgeContracts(new Date('2026-05-02T15:00:01Z'))
    const broken = {
      term: 'freshness max_age',
      outcome: 'window',
      severity: 'fail',
      observed: 'newest event 2026-05-02T09:00:00.000Z',
      day: '2026-05-02',
    }
    expect(await breaches(group, '2026-05-02T15:00:01Z')).toEqual([{ ...broken, isOpen: true }])
    await ingest(at('2026-05-02T16:00:00Z'), group, [row(1, '2026-05-02T16:00:00Z')])
    await judgeContracts(new Date('2026-05-02T16:05:00Z'))
    expect(await breaches(group, '2026-05-02T16:05:00Z')).toEqual([{ ...broken, isOpen: false }])
    expect(await clause(group, '2026-05-02T16:05:00Z')).toMatchObject({
      text: 'contract kept 0 of 1 day with arrivals',
    })
  })

  it('asks nothing of where a version waits to be served', async () => {
    const group = await groupWith({ freshness: { max_age: 'PT6H' } })
    const served = await db()
      .select({ id: versionEnvironments.versionId })
      .from(versionEnvironments)
      .innerJoin(featureGroupVersions, eq(featureGroupVersions.id, versionEnvironments.versionId))
      .innerJoin(featureGroups, eq(featureGroups.id, featureGroupVersions.groupId))
      .where(eq(featureGroups.name, group))
    await db()
      .update(versionEnvironments)
      .set({ state: 'registered' })
      .where(eq(versionEnvironments.versionId, served[0]?.id ?? ''))
    const places = await contractedPlaces(new Date('2026-05-02T15:00:00Z'))
    expect(places.filter((place) => place.group === group)).toEqual([])
  })

  it('looks for rows by the time of day that was promised, and not before', async () => {
    const group = await groupWith({ freshness: { by: '06:00' } })
    await ingest(at('2026-05-02T05:00:00Z'), group, [row(1, '2026-05-02T05:00:00Z')])
    await judgeContracts(new Date('2026-05-03T05:59:00Z'))
    expect(await breaches(group, '2026-05-03T05:59:00Z')).toEqual([])
    await judgeContracts(new Date('2026-05-03T06:00:00Z'))
    expect(await breaches(group, '2026-05-03T06:00:00Z')).toMatchObject([
      { term: 'freshness by', day: '2026-05-03', isOpen: true },
    ])
  })

  it('judges days that passed while nobody looked, by what was there at their end', async () => {
    const group = await groupWith({ freshness: { max_age: 'P1D' } })
    await ingest(at('2026-05-02T10:00:00Z'), group, [row(1, '2026-05-02T09:00:00Z')])
    await ingest(at('2026-05-06T10:00:00Z'), group, [row(1, '2026-05-06T09:00:00Z')])
    await judgeContracts(new Date('2026-05-06T11:00:00Z'))
    await judgeContracts(new Date('2026-05-06T11:05:00Z'))
    const found = await breaches(group, '2026-05-06T11:05:00Z')
    expect(found.map(({ day, isOpen }) => [day, isOpen])).toEqual([
      ['2026-05-04', false],
      ['2026-05-03', false],
    ])
    expect(await clause(group, '2026-05-06T11:05:00Z')).toMatchObject({
      text: 'contract kept 2 of 4 days judged',
    })
  })
})
