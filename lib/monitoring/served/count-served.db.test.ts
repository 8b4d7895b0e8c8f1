import { afterAll, beforeAll, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest } from '@/lib/ingestion/testing'
import { keepServed, readOnlineFeatures } from '@/lib/online'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { dayMs } from '../calendar'
import { getDriftSeries } from '../drift-series'
import { listProfiles } from '../list-profiles'
import { countServed } from './count-served'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  keepServed(true)
})
afterAll(async () => {
  keepServed(false)
  await engine.stop()
})

const monday = Date.parse('2026-01-05T00:00:00Z')

it('adds up what is served, by day of serving, on the edges of the reference', async () => {
  let nowMs = Date.parse('2026-03-05T12:00:00Z')
  const ctx = contextOf(['producer', 'consumer'], team, { now: () => new Date(nowMs) })
  const body = groupBody({
    features: [
      { name: 'minutes', type: 'float64' },
      { name: 'plan', type: 'string' },
      { name: 'active', type: 'bool' },
    ],
  })
  const { name: group } = await registerFeatureGroup(ctx, body)
  const rows = Array.from({ length: 8 * 7 * 10 }, (_, i) => ({
    customer_id: i % 40,
    interaction_date: new Date(monday + Math.floor(i / 10) * dayMs + (i % 10) * 1000).toISOString(),
    minutes: (i * 37) % 101,
    plan: i % 40 < 30 ? 'free' : 'paid',
    active: i % 40 < 10,
  }))
  await ingest(ctx, group, rows)
  await getDriftSeries(ctx, { group, feature: 'minutes', window: 'week' })

  const served: number[] = []
  const read = async (customers: number[]) => {
    nowMs += 1000
    const answer = await readOnlineFeatures(ctx, {
      features: [`${group}:minutes`, `${group}:plan`, `${group}:active`],
      entities: { customer_id: customers },
    })
    served.push(...JSON.parse(answer.body).values[0])
  }
  const online = (feature: string) =>
    listProfiles(ctx, { group, feature, side: 'online', window: 'day', limit: 10 })

  await read([1, 2, 3, 999])
  await read([4, 5])
  await countServed()
  await read([31, 32])
  await countServed()
  await countServed()

  const { data } = await online('minutes')
  expect(data).toHaveLength(1)
  expect(data[0]).toMatchObject({ side: 'online', window_start: '2026-03-05T00:00:00.000000Z', rows: 8 })
  const present = served.filter((value) => value !== null)
  const mean = present.reduce((a, b) => a + b, 0) / present.length
  const [{ counts } = { counts: null }] = data
  expect(counts).toMatchObject({ rows: 8, missing: 1, min: Math.min(...present), max: Math.max(...present) })
  expect((counts as { mean: number }).mean).toBeCloseTo(mean, 9)
  const [plan] = (await online('plan')).data
  expect(plan?.counts).toMatchObject({
    rows: 8,
    missing: 1,
    values: [
      ['free', 5],
      ['paid', 2],
    ],
    other: 0,
  })
  const [active] = (await online('active')).data
  expect(active?.counts).toMatchObject({ rows: 8, missing: 1, trues: 5 })
  expect(active?.judged).toBe('low_confidence')

  nowMs += dayMs
  await read([1])
  await countServed()
  expect((await online('minutes')).data.map((one) => one.rows)).toEqual([8, 1])
  // The history's own windows stay beside it.
  const { data: offline } = await listProfiles(ctx, { group, feature: 'minutes', window: 'week', limit: 10 })
  expect(offline.every(({ side }) => side === 'offline')).toBe(true)
  expect(offline.length).toBeGreaterThan(7)
})
