import { writeFile } from 'node:fs/promises'
import { buffer, text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { type AnswerFormat, getHistoricalFeatures, queryRows } from '@/lib/offline'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { compactGroup } from './compact/compact-group'
import { stagingPath } from './staging'
import { bytesOf, ingest, parquetOf, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const ctx = () => contextOf(['producer'], team, { now: () => now })

const features = [
  { name: 'f', type: 'float64' },
  { name: 'f32', type: 'float32' },
  { name: 'list', type: 'array<array<float64>>' },
  { name: 'e', type: 'embedding<2, l2>' },
  { name: 'derived', type: 'float64', expression: 'f * 2' },
]
const names = ['f', 'f32', 'list', 'e', 'derived']

const zero = fc.constantFrom(0, -0, -0, 1.5)
interface Row {
  f: number
  f32: number
  list: number[][]
  e: [number, number]
}

const row: fc.Arbitrary<Row> = fc.record({
  f: zero,
  f32: zero,
  list: fc.array(fc.array(zero)),
  e: fc.tuple(zero, zero),
})
const commits = fc.array(fc.array(row, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 4 })

/** Equal texts of two numbers are equal bits, which `toEqual` of 0 and -0 would be too; but their JSON says 0. */
const spelled = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(spelled)}]` : Object.is(value, -0) ? '-0' : String(value)

const jsonOf = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(jsonOf)}]`
  return typeof value === 'number' && Object.is(value, -0) ? '-0.0' : JSON.stringify(value)
}

async function historical(group: string, keys: number[], format: AnswerFormat = 'json') {
  const request = {
    spine: { rows: keys.map((customer_id) => ({ customer_id, event_timestamp: now.toISOString() })) },
    features: names.map((name) => `${group}:${name}`),
  }
  return (await getHistoricalFeatures(ctx(), { request, upload: null, format })).stream
}

async function fromJson(group: string, keys: number[]): Promise<string[][]> {
  const { rows } = JSON.parse(await text(await historical(group, keys)))
  return rows.map((one: Record<string, unknown>) => names.map((name) => spelled(one[name])))
}

async function fromParquet(group: string, keys: number[]): Promise<string[][]> {
  const path = await stagingPath('parquet')
  await writeFile(path, await buffer(await historical(group, keys, 'parquet')))
  const casts = names.map((name) => `CAST("${name}" AS VARCHAR)`)
  const rows = await queryRows(`SELECT ${casts} FROM read_parquet('${path}') ORDER BY customer_id`, [])
  return rows.map((cells) => cells.map((cell) => String(cell).replaceAll('.0', '').replaceAll(', ', ',')))
}

type Keyed = Row & { customer_id: number }

async function sendParquet(group: string, rows: Keyed[]): Promise<void> {
  const selects = rows.map(
    ({ customer_id, f, f32, list, e }) =>
      `SELECT ${customer_id}::BIGINT AS customer_id, '2026-05-01' AS interaction_date, ` +
      `'${jsonOf(f)}'::DOUBLE AS f, '${jsonOf(f32)}'::FLOAT AS f32, ` +
      `'${jsonOf(list)}'::DOUBLE[][] AS list, '${jsonOf(e)}'::FLOAT[] AS e`,
  )
  const bytes = bytesOf(await parquetOf(selects.join(' UNION ALL '), 'DICTIONARY_SIZE_LIMIT 0'))
  await ingest(ctx(), group, '', { contentType: 'application/vnd.apache.parquet', bytes })
}

async function sendJson(group: string, rows: Keyed[]): Promise<void> {
  const objects = rows.map((one) => {
    const members = Object.entries(one).map(([name, value]) => `"${name}":${jsonOf(value)}`)
    return `{"interaction_date":"2026-05-01",${members}}`
  })
  await ingest(ctx(), group, `{"rows":[${objects}]}`)
}

/** Every row has a key of its own, so that each is read. */
async function check(batches: Row[][], asParquet: boolean): Promise<void> {
  const { name: group } = await registerFeatureGroup(ctx(), groupBody({ features }))
  const expected: string[][] = []
  for (const batch of batches) {
    const first = expected.length
    for (const { f, f32, list, e } of batch) expected.push([f, f32, list, e, f * 2].map(spelled))
    const rows = batch.map((one, i) => ({ customer_id: first + i, ...one }))
    await (asParquet ? sendParquet(group, rows) : sendJson(group, rows))
  }
  const keys = expected.map((_, key) => key)
  const online = await readOnline(
    ctx(),
    names.map((name) => `${group}:${name}`),
    { customer_id: keys },
  )
  expect(keys.map((key) => online.values.map((column) => spelled(column[key])))).toEqual(expected)
  expect(await fromJson(group, keys)).toEqual(expected)
  expect(await fromParquet(group, keys)).toEqual(expected)
  const { major: version, environment } = await resolveVersion(ctx(), { group })
  await compactGroup(ctx(), { group, version, environment, least: 2 }, async () => {})
  expect(await fromJson(group, keys)).toEqual(expected)
}

describe('zeros of both signs', () => {
  it.each([
    ['JSON', false],
    ['Parquet', true],
  ])(
    'are the same bits online and in history, before and after compaction (%s)',
    async (_, asParquet) => {
      await fc.assert(
        fc.asyncProperty(commits, (batches) => check(batches, asParquet)),
        { numRuns: 5, endOnFailure: true },
      )
    },
    240_000,
  )
})
