import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { parseJson } from '@/lib/core/json'
import { ingest, readOnline } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { type AnswerFormat, getHistoricalFeatures, getTrainingData } from '.'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now) => contextOf(['producer'], team, { now: () => at })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name

interface Table {
  columns: { name: string; type: string }[]
  rows: Record<string, unknown>[]
}

async function read(ctx: Context, request: object, format: AnswerFormat = 'json'): Promise<string> {
  return text((await getHistoricalFeatures(ctx, { request, upload: null, format })).stream)
}
// The answer in JSON has this form.
const table = async (ctx: Context, request: object) => parseJson(await read(ctx, request)) as Table

const spine = (rows: Record<string, unknown>[]) => ({ spine: { rows } })
const at = (customer_id: unknown, event_timestamp: string, more: object = {}) => ({
  customer_id,
  event_timestamp,
  ...more,
})

describe('training data', () => {
  it('is every row of the range, ends included, without tombstones', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-01', num_logins: 1 },
      { customer_id: 1, interaction_date: '2026-05-02T23:00:00Z', num_logins: 2 },
      { customer_id: 2, interaction_date: '2026-05-02', num_logins: 3 },
      { customer_id: 2, interaction_date: '2026-05-03', _op: 'delete' },
    ])
    const values = async (more: object) => {
      const answer = await getTrainingData(ctx, {
        group,
        latest: false,
        format: 'json',
        features: ['num_logins'],
        ...more,
      })
      return (parseJson(await text(answer.stream)) as Table).rows.map((row) => row.num_logins)
    }
    expect(await values({})).toEqual([1, 3, 2])
    expect(await values({ start: '2026-05-02', end: '2026-05-02' })).toEqual([3, 2])
    expect(await values({ end: '2026-05-01T00:00:00Z' })).toEqual([1])
    expect(await values({ latest: true })).toEqual([2])
    await expect(values({ features: ['nothing'] })).rejects.toMatchObject({ code: 'not_found' })
    await expect(values({ start: 'yesterday' })).rejects.toMatchObject({ code: 'invalid' })
  })
})

interface Arrival {
  customer_id: number
  interaction_date: string
  num_logins: number | null
  _op: 'delete' | 'upsert'
}

describe('online = historical', () => {
  const arrival: fc.Arbitrary<Arrival> = fc.record({
    customer_id: fc.integer({ min: 1, max: 3 }),
    interaction_date: fc.integer({ min: 1, max: 9 }).map((day) => `2026-05-2${day}T00:00:00Z`),
    num_logins: fc.option(fc.integer({ min: 0, max: 99 })),
    _op: fc.constantFrom('upsert' as const, 'upsert' as const, 'delete' as const),
  })

  it('for every key and status at the instant of the read, with and without ttl', async () => {
    const batches = fc.array(fc.array(arrival, { minLength: 1, maxLength: 5 }), {
      minLength: 1,
      maxLength: 3,
    })
    await fc.assert(
      fc.asyncProperty(batches, fc.constantFrom(undefined, 'P5D'), async (arrivals, ttl) => {
        const ctx = producer()
        const group = await newGroup({ ...(ttl ? { ttl } : {}) })
        for (const rows of arrivals) await ingest(ctx, group, rows)
        const keys = [1, 2, 3, 4]
        const online = await readOnline(ctx, [`${group}:num_logins`], { customer_id: keys })
        const rows = keys.map((key) => at(key, now.toISOString()))
        const historical = await table(ctx, { ...spine(rows), features: [`${group}:num_logins`] })
        expect(online.values[0]).toEqual(historical.rows.map((row) => row.num_logins))
      }),
      { numRuns: 15 },
    )
  }, 120_000)
})
