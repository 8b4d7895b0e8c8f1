import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { deleteRows } from '@/lib/ingestion'
import { ingest, ingestInput } from '@/lib/ingestion/testing'
import { readProfiles } from '@/lib/profiles'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { dayMs } from './calendar'
import { uniformGenerator } from './distances/random'
import { getDriftSeries } from './drift-series'
import { listProfiles } from './list-profiles'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const monday = Date.parse('2026-01-05T00:00:00Z')
const now = () => new Date('2026-03-05T12:00:00Z')
const producer = () => contextOf(['producer'], team, { now })

const features = [
  { name: 'minutes', type: 'float64', description: 'Minutes.' },
  { name: 'plan', type: 'string', description: 'Plan.' },
  { name: 'active', type: 'bool', description: 'Whether active.' },
  { name: 'constant', type: 'int64', description: 'Always 7.' },
  { name: 'tags', type: 'array<string>', description: 'Tags.' },
  { name: 'signed_up', type: 'date', description: 'First day.' },
]

interface Shape {
  perDay: number
  days: number
  fromDay?: number
  minutes?: (u: number, day: number) => number | null
  plan?: (u: number, day: number) => string
}

function rowsOf({ perDay, days, fromDay = 0, minutes, plan }: Shape) {
  const next = uniformGenerator(7 + fromDay)
  const rows = []
  for (let day = fromDay; day < fromDay + days; day += 1) {
    for (let i = 0; i < perDay; i += 1) {
      const u = next()
      rows.push({
        customer_id: i,
        interaction_date: new Date(monday + day * dayMs + i * 1000).toISOString(),
        minutes: minutes ? minutes(u, day) : 10 + u * 20,
        plan: plan ? plan(u, day) : u < 0.6 ? 'free' : 'paid',
        active: u < 0.3,
        constant: 7,
        tags: u < 0.5 ? ['a', 'b'] : [],
        signed_up: '2025-01-01',
      })
    }
  }
  return rows
}

async function groupWith(shape: Shape) {
  const ctx = producer()
  const group = await registerFeatureGroup(ctx, groupBody({ features }))
  await ingest(ctx, group.name, rowsOf(shape))
  return { ctx, group: group.name }
}

describe('getDriftSeries', () => {
  it('finds a planted shift in its week and nothing before', async () => {
    // Weeks 1 to 8; the sixth week from day 35 is ten minutes higher: 1.73 sd of a uniform over 20.
    const { ctx, group } = await groupWith({
      perDay: 60,
      days: 56,
      minutes: (u, day) => 10 + u * 20 + (day >= 35 && day < 42 ? 10 : 0),
    })
    const series = await getDriftSeries(ctx, { group, feature: 'minutes' })
    expect(series.reference).toMatchObject({
      frozen: true,
      name: 'the first 4 weeks, 5 January to 1 February 2026',
      rows: 60 * 28,
    })
    expect(series.windows.map((window) => window.judged)).toEqual([
      ...['ok', 'ok', 'ok', 'ok', 'ok', 'fail', 'ok', 'ok'],
      'no_data',
    ])
    expect(series.windows[5]?.wasserstein_over_ref_std).toBeCloseTo(1.73, 1)
    expect(series.finding).toMatch(/^minutes rose 1\.\d sd in the week of 9 February$/)
    expect(series.windows[8]).toMatchObject({ rows: 0, psi: null, judged: 'no_data' })
    expect(series.windows[5]).toMatchObject({
      rows: 420,
      in_reference: false,
      complete: true,
      test: 'Kolmogorov–Smirnov',
      sentence: expect.stringMatching(/^Moved 1\.\d sd up: PSI \d\.\d over 0\.25\.$/),
    })
    expect(series.windows[5]?.p_adjusted).toBeGreaterThan(series.windows[5]?.p ?? 1)
    expect(series.windows.map((window) => window.in_reference).indexOf(false)).toBe(4)
  })

  it('judges every kind of feature, each in its way', async () => {
    const { ctx, group } = await groupWith({
      perDay: 60,
      days: 56,
      plan: (u, day) => (u < (day >= 42 && day < 49 ? 0.2 : 0.6) ? 'free' : 'paid'),
    })
    const of = (feature: string) => getDriftSeries(ctx, { group, feature })
    const judged = async (feature: string) => (await of(feature)).windows.map((window) => window.judged)
    expect((await judged('plan'))[6]).toBe('fail')
    expect((await judged('plan'))[5]).toBe('ok')
    expect((await of('plan')).windows[6]?.sentence).toContain('most of all "free" by 4')
    expect((await of('plan')).finding).toMatch(
      /^plan changed its mix of values \(PSI .*\) in the week of 16 February$/,
    )
    expect((await judged('active')).slice(0, 8)).toEqual(Array(8).fill('ok'))
    expect((await of('active')).windows[4]?.true_rate).toBeCloseTo(0.3, 1)
    const constant = await of('constant')
    expect(constant.windows[4]).toMatchObject({ judged: 'ok', psi: 0, wasserstein_over_ref_std: 0, mean: 7 })
    expect((await of('tags')).kind).toBe('length')
    const date = await of('signed_up')
    expect(date).toMatchObject({ kind: 'presence', not_judged: expect.stringContaining('date') })
    expect(date.windows[4]).toMatchObject({ psi: null, judged: 'ok' })
  })

  it('by day finds one bad day, and missing values before values', async () => {
    const { ctx, group } = await groupWith({
      perDay: 220,
      days: 42,
      minutes: (u, day) => (day === 35 && u < 0.12 ? null : 10 + u * 20),
    })
    const series = await getDriftSeries(ctx, {
      group,
      feature: 'minutes',
      window: 'day',
      from: '2026-02-06',
      to: '2026-02-12',
    })
    expect(series.windows).toHaveLength(7)
    expect(series.windows.map((window) => window.judged)).toEqual([
      'ok',
      'ok',
      'ok',
      'fail',
      'ok',
      'ok',
      'ok',
    ])
    expect(series.windows[3]).toMatchObject({ start: '2026-02-09T00:00:00.000000Z', rows: 220 })
    expect(series.windows[3]?.null_rate).toBeCloseTo(0.12, 1)
  })

  it('never calls silence fine', async () => {
    const { ctx, group } = await groupWith({ perDay: 60, days: 21 })
    const series = await getDriftSeries(ctx, { group, feature: 'minutes' })
    const silent = series.windows.slice(3)
    expect(silent.map(({ judged, psi, rows }) => ({ judged, psi, rows }))).toEqual(
      Array(4).fill({ judged: 'no_data', psi: null, rows: 0 }),
    )
    expect(silent[0]?.sentence).toBe('No rows in the window, so drift is not judged.')
  })

  it('answers for a group without rows and for one row', async () => {
    const ctx = producer()
    const group = await registerFeatureGroup(ctx, groupBody({ features }))
    const ask = () => getDriftSeries(ctx, { group: group.name, feature: 'minutes' })
    expect(await ask()).toMatchObject({
      reference: null,
      windows: [],
      finding: 'minutes has no rows, so drift is not judged',
    })
    await ingest(ctx, group.name, rowsOf({ perDay: 1, days: 1 }))
    const series = await ask()
    expect(series.reference).toMatchObject({ rows: 1, frozen: false })
    expect(series.windows[0]).toMatchObject({ rows: 1, judged: 'low_confidence' })
    expect(series.finding).toBe('All rows of minutes lie in the reference, the first week')
  })

  it('keeps the frozen edges when more rows come, and counts only the weeks that they touch', async () => {
    const { ctx, group } = await groupWith({ perDay: 60, days: 42 })
    const before = await getDriftSeries(ctx, { group, feature: 'minutes' })
    const touched = { perDay: 70, days: 7, fromDay: 35, minutes: (u: number) => 15 + u * 20 }
    const commit = await ingest(ctx, group, rowsOf(touched))
    const after = await getDriftSeries(ctx, { group, feature: 'minutes' })
    expect(after.as_of).toBe(commit.created)
    expect(after.reference).toEqual(before.reference)
    expect(after.windows.slice(0, 5)).toEqual(before.windows.slice(0, 5))
    expect([before.windows[5]?.rows, after.windows[5]?.rows]).toEqual([420, 910])
    expect(before.windows[5]?.judged).toBe('ok')
    expect(after.windows[5]?.judged).not.toBe('ok')
    const version = await resolveVersion(ctx, { group })
    const stored = await readProfiles({
      versionIds: [version.versionId],
      environment: 'prod',
      features: ['minutes'],
      span: { from: '2026-01-01', to: '2026-03-01' },
    })
    const created = before.as_of ?? ''
    expect(stored.map(({ asOf }) => asOf)).toEqual([...Array(5).fill(created), commit.created])
  })

  it('names the values of a categorical reference, so that a window can be laid over them', async () => {
    const { ctx, group } = await groupWith({ perDay: 60, days: 35, plan: (u) => (u < 0.25 ? 'pro' : 'free') })
    const { reference } = await getDriftSeries(ctx, { group, feature: 'plan' })
    const present = (reference?.rows ?? 0) - (reference?.nulls ?? 0)
    expect(reference?.values?.map(([value]) => value)).toEqual(['free', 'pro'])
    expect(reference?.values?.reduce((total, [, count]) => total + count, 0)).toBe(present)
    expect(reference?.trues).toBeNull()
  })

  it('counts on the reference’s edges what a hand-written query counts', async () => {
    const rows = rowsOf({ perDay: 60, days: 56 })
    const ctx = producer()
    const group = await registerFeatureGroup(ctx, groupBody({ features }))
    await ingest(ctx, group.name, rows)
    const series = await getDriftSeries(ctx, { group: group.name, feature: 'minutes' })
    const edges = series.reference?.edges ?? []
    const { data } = await listProfiles(ctx, {
      group: group.name,
      feature: 'minutes',
      window: 'week',
      limit: 100,
    })
    const sixth = rows.filter(({ interaction_date: time }) => time >= '2026-02-09' && time < '2026-02-16')
    const counts = [...edges, Infinity].map(
      (edge, i) =>
        sixth.filter(
          ({ minutes }) => Number(minutes) <= edge && Number(minutes) > (edges[i - 1] ?? -Infinity),
        ).length,
    )
    expect(edges).toHaveLength(9)
    expect(data[5]).toMatchObject({ rows: 420, judged: 'ok', counts: { counts, missing: 0 } })
  })

  it('hides of a confidential feature what few rows would tell, in windows, reference and stored profiles', async () => {
    const ctx = producer()
    const group = await registerFeatureGroup(ctx, groupBody({ features }))
    await classifyFeature(group.name, 'minutes', 'confidential')
    const outlier = (u: number, day: number) => (day === 1 && u > 0.97 ? 424_242 : 10 + u * 20)
    await ingest(ctx, group.name, rowsOf({ perDay: 30, days: 28, minutes: outlier }))
    // One row in the fifth week.
    await ingest(ctx, group.name, rowsOf({ perDay: 1, days: 1, fromDay: 28, minutes: () => 848_484 }))
    const ask = { group: group.name, version: 1, feature: 'minutes' } as const
    const series = await getDriftSeries(ctx, ask)
    const { data } = await listProfiles(ctx, { ...ask, window: 'week', limit: 100 })
    expect(series.windows[4]).toMatchObject({ rows: 1, mean: null, psi: null, judged: 'low_confidence' })
    expect(data[4]?.counts).toEqual({ kind: 'numeric', rows: 1, missing: 0, hidden: expect.any(String) })
    expect(data[0]?.counts).not.toHaveProperty('max')
    expect(JSON.stringify([series.windows[4], data])).not.toMatch(/848484|424242/)
    expect(Math.min(...(series.reference?.counts ?? [0]))).toBeGreaterThanOrEqual(20)
    expect(series.windows.map(({ quantiles }) => quantiles?.length ?? null)).toEqual([
      5,
      5,
      5,
      5,
      null,
      ...Array(series.windows.length - 5).fill(null),
    ])
  })

  it('leaves tombstones out', async () => {
    const { ctx, group } = await groupWith({ perDay: 60, days: 28 })
    const keys = Array.from({ length: 50 }, (_, i) => ({ customer_id: i, interaction_date: '2026-01-27' }))
    await deleteRows(ctx, ingestInput(group, JSON.stringify({ rows: keys })))
    const series = await getDriftSeries(ctx, { group, feature: 'minutes' })
    expect(series.windows.slice(0, 4).map(({ rows, nulls }) => [rows, nulls])).toEqual(
      Array(4).fill([420, 0]),
    )
  })

  it('refuses ranges that are none and features that are not there', async () => {
    const { ctx, group } = await groupWith({ perDay: 2, days: 3 })
    const failure = (more: object) =>
      getDriftSeries(ctx, { group, feature: 'minutes', ...more }).then(
        () => 'no failure',
        ({ code, details }) => [code, details.errors?.[0]?.pointer],
      )
    expect(await failure({ feature: 'nothing' })).toEqual(['not_found', undefined])
    expect(await failure({ from: 'yesterday' })).toEqual(['invalid', '/from'])
    expect(await failure({ from: '2026-03-01', to: '2026-01-01' })).toEqual(['invalid', '/from'])
    expect(await failure({ from: '1900-01-01', window: 'day' })).toEqual(['invalid', '/from'])
    expect(await failure({ window: 'hour' })).toEqual(['invalid', '/window'])
  })
})

describe('what is frozen with a reference', () => {
  it('tells row numbers from measures, and has floors of every kind', async () => {
    const ctx = producer()
    const body = groupBody({
      features: [
        { name: 'order_number', type: 'int64' },
        { name: 'active', type: 'bool' },
        { name: 'plan', type: 'string' },
      ],
    })
    const { name: group } = await registerFeatureGroup(ctx, body)
    const rows = Array.from({ length: 560 }, (_, i) => ({
      customer_id: i,
      interaction_date: new Date(monday + Math.floor(i / 10) * dayMs + (i % 10) * 1000).toISOString(),
      order_number: 1_000_000 + i,
      active: i % 3 === 0,
      plan: i % 7 < 4 ? 'free' : 'paid',
    }))
    await ingest(ctx, group, rows)
    const numbers = await getDriftSeries(ctx, { group, feature: 'order_number', window: 'week' })
    expect(numbers.windows[6]).toMatchObject({
      judged: 'low_confidence',
      sentence: 'Nearly every reference value is different, so drift is not judged.',
    })
    const week = { group, feature: 'order_number', window: 'week' as const, limit: 1 }
    expect((await listProfiles(ctx, week)).data[0]?.facts).toEqual({
      nan: 0,
      positive_infinity: 0,
      negative_infinity: 0,
      sum: 70 * 1_000_000 + (69 * 70) / 2,
      distinct: 70,
      distinct_is_estimated: false,
      newest_event_time: '2026-01-11T00:00:09.000000Z',
      future_rows: 0,
    })
    for (const feature of ['active', 'plan']) {
      const { reference, windows } = await getDriftSeries(ctx, { group, feature, window: 'week' })
      expect(reference?.effective_rows).toBeGreaterThan(0)
      expect(windows[6]?.judged).not.toBe('fail')
    }
  })
})
