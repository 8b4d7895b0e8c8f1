import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { profileOrder } from './duckdb/profile-order'
import { profileWindows, type WindowColumn, type WindowsRequest } from './duckdb/profile-windows'
import { stagingPath } from './duckdb/select-source'
import { execute } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'
import type { History } from './port'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

/** Numbers on, between and outside of edges, specials, texts and lists of some days. */
const rows =
  "SELECT i AS id, TIMESTAMP '2026-01-01' + to_hours(CAST(i % 100 AS BIGINT)) AS t, " +
  "CASE WHEN i % 17 = 0 THEN NULL WHEN i % 23 = 0 THEN 'NaN'::DOUBLE WHEN i % 29 = 0 THEN '-Infinity'::DOUBLE " +
  'ELSE CAST(hash(i) % 9 AS DOUBLE) - 1 END AS x, CAST(hash(i, 2) % 1000 AS DOUBLE) / 7 AS y, ' +
  "'v' || hash(i, 3) % 70 AS s, range(CAST(i % 4 AS BIGINT)) AS l, i AS _row, 'upsert' AS _op FROM range(1, 2001) r(i)"

const float = { kind: 'float64' as const }
const schema = {
  keys: [{ name: 'id', type: { kind: 'int64' as const } }],
  eventTime: 't',
  features: [
    { name: 'x', type: float },
    { name: 'y', type: float },
    { name: 's', type: { kind: 'string' as const } },
    { name: 'l', type: { kind: 'array' as const, element: { kind: 'int64' as const } } },
  ],
}

const columns: WindowColumn[] = [
  { name: 'x', kind: 'numeric', edges: [0, 1, 2, 2.5, 6] },
  { name: 'y', kind: 'numeric', edges: Array.from({ length: 200 }, (_, i) => i * 0.7) },
  { name: 's', kind: 'categorical', values: ['v1', 'v2'], mostOthers: 5 },
  { name: 'l', kind: 'length', edges: [1] },
]

/** Sums are taken in another order. */
const rounded = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, one) =>
      typeof one === 'bigint' ? String(one) : typeof one === 'number' ? Number(one.toPrecision(12)) : one,
    ),
  )

it('counts the same whether the rows are held or read again for each column', async () => {
  const path = await stagingPath('parquet')
  await execute([`COPY (${rows}) TO '${path}' (FORMAT parquet)`])
  const history: History = { schema, files: [{ path, commit: 'c', createdMicros: 1n }] }
  for (const period of ['day', 'all'] as const) {
    const request: WindowsRequest = { history, columns, period, fromMicros: null, toMicros: null }
    const held = await profileWindows(request)
    expect(held.length).toBe(period === 'all' ? 4 : 4 * 5)
    expect(held[0]?.cells.length).toBeGreaterThan(5)
    // Two columns at once, then none but the one that is counted.
    for (const mostHeldValues of [4000, 1])
      expect(rounded(await profileWindows({ ...request, mostHeldValues }))).toEqual(rounded(held))
  }
  const order = {
    history,
    fromMicros: null,
    toMicros: null,
    mostValues: 20,
    columns: [
      { name: 'x', kind: 'numeric' as const, places: [0, 7, 1000] },
      { name: 'l', kind: 'length' as const, places: [1999] },
    ],
  }
  const held = await profileOrder(order)
  expect(held.get('x')?.values).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7])
  expect(held.get('l')?.at).toEqual(new Map([[1999, 3]]))
  expect(await profileOrder({ ...order, mostHeldValues: 1 })).toEqual(held)
})
