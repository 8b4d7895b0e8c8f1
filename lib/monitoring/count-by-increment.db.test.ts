import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { deleteRows, listCommits, revertCommit } from '@/lib/ingestion'
import { ingest, ingestInput } from '@/lib/ingestion/testing'
import { historyOf, offlineStore, type Profile } from '@/lib/offline'
import { registerFeatureGroup, resolveVersion, type ServingVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { type Statistics, statisticsOf } from './count-statistics'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)

const features = [
  { name: 'amount', type: 'float64' },
  { name: 'wide', type: 'int64' },
  { name: 'price', type: 'decimal(12,2)' },
  { name: 'city', type: 'string' },
  { name: 'born', type: 'date' },
  { name: 'active', type: 'bool' },
  { name: 'scores', type: 'array<int64>' },
]

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 4 })
const row = fc.record({
  customer_id: fc.integer({ min: 0, max: 20 }),
  // Late rows and rows of one key again are as good as any.
  interaction_date: fc
    .integer({ min: 1, max: 28 })
    .map((day) => `2026-0${1 + (day % 4)}-${String(day).padStart(2, '0')}`),
  amount: nullable(
    fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom<unknown>('NaN', 'Infinity', 0)),
  ),
  wide: nullable(fc.integer({ min: -1000, max: 1_000_000 })),
  price: nullable(fc.integer({ min: -10_000, max: 10_000 }).map((cents) => (cents / 100).toFixed(2))),
  city: nullable(fc.constantFrom('Zürich', 'Ōsaka', '🜁', '\uff5e', '', 'a"b')),
  born: nullable(fc.constantFrom('2001-01-31', '1969-12-31', '0001-01-01')),
  active: nullable(fc.boolean()),
  scores: nullable(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 })),
})
const batches = fc.array(fc.array(row, { minLength: 1, maxLength: 60 }), { minLength: 2, maxLength: 4 })

const close = (actual: number | null | undefined, expected: number | null | undefined, share: number) => {
  if (typeof expected !== 'number' || typeof actual !== 'number') return expect(actual).toBe(expected)
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(share * Math.abs(expected) + 1e-9)
}

/** Values that are as frequent stand in any order. */
const inOrder = (top: { value: string; count: number }[]) =>
  top.map(({ value, count }) => `${String(count).padStart(6, '0')} ${value}`).sort()

/** All that is counted exactly is the same, estimates are near. */
function expectSame({ features: counted, history }: Statistics, exact: Profile) {
  expect(history).toMatchObject({ rows: exact.rows, tombstones: exact.tombstones })
  for (const expected of exact.columns) {
    const profile = counted.get(expected.name)?.profile
    const { mean, m2, standardDeviation, deciles, histogram, top, ...same } = expected
    expect(profile).toMatchObject(same)
    expect(inOrder(profile?.top ?? [])).toEqual(inOrder(top))
    close(profile?.mean, mean, 1e-9)
    close(profile?.m2, m2, 1e-9)
    close(profile?.standardDeviation, standardDeviation, 1e-9)
    expect(profile?.histogram?.counts.reduce((a, b) => a + b, 0)).toBe(
      histogram?.counts.reduce((a, b) => a + b, 0),
    )
    expect(profile?.deciles?.length).toBe(deciles?.length)
  }
}

async function exactly(version: ServingVersion): Promise<Profile> {
  const source = await historyOf(version)
  const columns = version.features.map(({ name }) => name)
  return offlineStore().profile({ source, columns, fromMicros: null, toMicros: null })
}

describe('statistics by increment', () => {
  it('are those of the whole history after every commit, tombstones and reverts among them', async () => {
    await fc.assert(
      fc.asyncProperty(batches, fc.boolean(), async (all, reverts) => {
        const ctx = producer()
        const { name } = await registerFeatureGroup(ctx, groupBody({ features }))
        const version = await resolveVersion(ctx, { group: name })
        for (const rows of all) {
          await ingest(ctx, name, rows)
          expectSame(await statisticsOf(version, 0), await exactly(version))
        }
        const gone = [{ customer_id: 1, interaction_date: '2026-05-01' }]
        await deleteRows(ctx, ingestInput(name, JSON.stringify({ rows: gone })))
        expectSame(await statisticsOf(version, 0), await exactly(version))
        if (!reverts) return
        const { data } = await listCommits(ctx, { group: name, limit: 10 })
        const first = data.at(-1)?.id ?? ''
        await revertCommit(ctx, { group: name, id: first, body: { reason: 'a test' } })
        expectSame(await statisticsOf(version, 0), await exactly(version))
      }),
      { numRuns: 4 },
    )
  }, 300_000)

  it('read only what came since, and are stored', async () => {
    const ctx = producer()
    const { name } = await registerFeatureGroup(ctx, groupBody({ features }))
    const version = await resolveVersion(ctx, { group: name })
    const rowOf = (id: number, wide: number) => ({ customer_id: id, interaction_date: '2026-01-01', wide })
    await ingest(ctx, name, [rowOf(1, 0), rowOf(2, 100)])
    const first = await statisticsOf(version, 0)
    await ingest(ctx, name, [rowOf(3, 1000)])
    const second = await statisticsOf(version, 0)
    const edges = (one: Statistics) => one.features.get('wide')?.profile.histogram?.edges
    // A count anew would have drawn other bins.
    expect(edges(second)).toEqual(edges(first))
    expect(second.features.get('wide')?.profile).toMatchObject({ rows: 3, max: 1000 })
    const again = await statisticsOf(version, 0)
    expect(again).toMatchObject({ asOf: second.asOf, history: second.history, isEstimated: true })
    for (const [feature, { profile, sketch }] of second.features)
      expect(again.features.get(feature)).toMatchObject({ profile, sketch })
  })

  it('estimate many distinct values and quantiles within what they say', async () => {
    const ctx = producer()
    const { name } = await registerFeatureGroup(ctx, groupBody({ features }))
    const version = await resolveVersion(ctx, { group: name })
    const count = 20_000
    for (const part of [0, 1]) {
      const lines = Array.from({ length: count / 2 }, (_, i) => {
        const id = part * (count / 2) + i
        return `${id},2026-01-01,${(id + 1) ** 2},${id % 7}`
      })
      const csv = `customer_id,interaction_date,amount,wide\n${lines.join('\n')}\n`
      await ingest(ctx, name, csv, { contentType: 'text/csv' })
      await statisticsOf(version, 0)
    }
    const { features: counted } = await statisticsOf(version, 0)
    const amount = counted.get('amount')?.profile
    close(amount?.distinct, count, 0.05)
    expect(amount?.top).toEqual([])
    for (const [i, decile] of (amount?.deciles ?? []).entries())
      close(decile, (count * ((i + 1) / 10)) ** 2, 0.012)
    expect(counted.get('wide')?.profile).toMatchObject({ distinct: 7 })
    expect(counted.get('wide')?.profile.top[0]).toEqual({ value: '0', count: 2858 })
  })
})
