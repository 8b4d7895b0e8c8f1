import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { dayMs } from './calendar'
import { uniformGenerator } from './distances/random'
import { getDriftSeries } from './drift-series'

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
    console.log(JSON.stringify(series.windows[5], null, 1), JSON.stringify(series.reference))
    for (const f of ['plan', 'active', 'constant', 'tags', 'signed_up']) {
      const s = await getDriftSeries(ctx, { group, feature: f })
      console.log(f, s.finding, s.windows.map((w) => `${w.judged}: ${w.sentence}`).slice(3, 7))
    }
  })
})
