import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { deleteRows } from '@/lib/ingestion'
import { ingest, ingestInput } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { classifyFeature, contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { uniformGenerator } from './distances/random'
import { getDriftSeries } from './drift-series'
import type { FeatureStatistics } from './resources'
import { getStatistics } from './statistics'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)

const features = [
  { name: 'amount', type: 'float64', description: 'Nulls and NaN.' },
  { name: 'clicks', type: 'int64', description: 'Zero-inflated.' },
  { name: 'wide', type: 'int64', description: 'Beyond 2^53.' },
  { name: 'ratio', type: 'float32', description: 'Short floats.' },
  { name: 'price', type: 'decimal(12,2)', description: 'Exact.' },
  { name: 'city', type: 'string', description: 'Texts.' },
  { name: 'born', type: 'date', description: 'Dates.' },
  { name: 'active', type: 'bool', description: 'Booleans.' },
  { name: 'scores', type: 'array<int64>', description: 'Lists.' },
]
const cities = ['Zürich', 'Ōsaka', 'New York, NY', 'he said "no"', 'a', 'b']

function csvOf(rows: number): string {
  const next = uniformGenerator(11)
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const lines = Array.from({ length: rows }, (_, i) => {
    const u = next()
    const v = next()
    return [
      i,
      new Date(Date.parse('2026-01-01T00:00:00Z') + i * 600_000).toISOString(),
      u < 0.07 ? '' : u > 0.97 ? 'NaN' : (v * 1e6 - 3e5) / 7,
      v < 0.6 ? 0 : Math.floor(v * 40),
      `90071992547409${String(90 + (i % 10)).padStart(2, '0')}`,
      Math.fround(u * 3),
      (v * 1000).toFixed(2),
      u < 0.1 ? '' : quoted(cities[Math.floor(v * 6)] ?? ''),
      `20${10 + Math.floor(v * 15)}-0${1 + Math.floor(u * 9)}-1${Math.floor(v * 9)}`,
      u < 0.05 ? '' : u < 0.4,
      u < 0.1 ? '' : quoted(JSON.stringify(Array.from({ length: Math.floor(v * 5) }, () => i % 3))),
    ].join(',')
  })
  return `customer_id,interaction_date,${features.map(({ name }) => name).join(',')}\n${lines.join('\n')}\n`
}

/** What DuckDB itself says of a CSV file, by hand-written SQL. */
async function openCsv(csv: string) {
  const path = join(tmpdir(), `almanac-statistics-${process.pid}.csv`)
  writeFileSync(path, csv)
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run(`CREATE TABLE t AS SELECT * FROM read_csv('${path}', header = true, columns = {
    customer_id: 'BIGINT', interaction_date: 'TIMESTAMP', amount: 'DOUBLE', clicks: 'BIGINT', wide: 'BIGINT',
    ratio: 'FLOAT', price: 'DECIMAL(12,2)', city: 'VARCHAR', born: 'DATE', active: 'BOOLEAN', scores: 'BIGINT[]' })`)
  return async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson()[0] ?? []
}

const rowsOf = 4321
let csv: string
let sql: Awaited<ReturnType<typeof openCsv>>
beforeAll(async () => {
  csv = csvOf(rowsOf)
  sql = await openCsv(csv)
})

async function statisticsOfCsv() {
  const ctx = producer()
  const group = await registerFeatureGroup(ctx, groupBody({ features }))
  await ingest(ctx, group.name, csv, { contentType: 'text/csv' })
  const statistics = await getStatistics(ctx, { group: group.name })
  const byName = new Map(statistics.features.map((one) => [one.name, one]))
  const of = (name: string): FeatureStatistics => {
    const found = byName.get(name)
    if (!found) throw new Error(`No statistics of ${name}`)
    return found
  }
  return { ctx, group: group.name, statistics, of }
}

const near = (actual: number | null, expected: unknown) => {
  expect(Math.abs((actual ?? Number.NaN) - Number(expected))).toBeLessThanOrEqual(
    1e-9 * Math.abs(Number(expected)),
  )
}

describe('getStatistics', () => {
  it('says of a CSV file what DuckDB says of it', async () => {
    const { statistics, of } = await statisticsOfCsv()
    const [newest, oldest] = await sql(
      'SELECT epoch_ms(max(interaction_date)), epoch_ms(min(interaction_date)) FROM t',
    )
    expect(statistics).toMatchObject({ rows: rowsOf, tombstones: 0, environment: 'prod', version: 1 })
    expect(Date.parse(statistics.newest_event_time ?? '')).toBe(Number(newest))
    expect(Date.parse(statistics.oldest_event_time ?? '')).toBe(Number(oldest))

    for (const name of ['amount', 'clicks', 'ratio', 'price']) {
      const x = name === 'amount' ? 'CASE WHEN isfinite(amount) THEN amount END' : `${name}::DOUBLE`
      const [rows, nulls, distinct, min, max, mean, sd, ...quantiles] = await sql(
        `SELECT count(*), count(*) - count(${name}), count(DISTINCT ${name}), min(${x}), max(${x}), avg(${x}),
         stddev_samp(${x}), ${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((d) => `quantile_cont(${x}, 0.${d})`)} FROM t`,
      )
      const one = of(name)
      expect([one.rows, one.nulls, one.distinct].map(String)).toEqual([rows, nulls, distinct])
      expect(Number(one.min)).toBe(Number(min))
      expect(Number(one.max)).toBe(Number(max))
      near(one.mean, mean)
      near(one.standard_deviation, sd)
      expect(one.quantiles?.map(({ p }) => p)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1])
      for (const [i, quantile] of quantiles.entries()) near(one.quantiles?.[i + 1]?.value ?? null, quantile)
      const edges = one.histogram?.edges ?? []
      const bins = [...edges, Infinity].map(
        (edge, i) =>
          `count(*) FILTER (${x} > ${i === 0 ? "'-Infinity'" : edges[i - 1]} AND ${x} <= '${edge}')`,
      )
      expect(one.histogram?.counts.map(String)).toEqual(await sql(`SELECT ${bins} FROM t`))
    }
    expect(of('amount').nan).toBe(Number((await sql('SELECT count(*) FILTER (isnan(amount)) FROM t'))[0]))
    expect(of('amount').nan).toBeGreaterThan(0)
  })

  it('counts values, dates, booleans and lists exactly, integers with every digit', async () => {
    const { of } = await statisticsOfCsv()
    expect([of('wide').min, of('wide').max].map(String)).toEqual(['9007199254740990', '9007199254740999'])
    const top = await sql(`SELECT list(city), list(n) FROM
      (SELECT city, count(*) n FROM t WHERE city IS NOT NULL GROUP BY city ORDER BY n DESC, city)`)
    expect(of('city').top.map(({ value }) => value)).toEqual(top[0])
    expect(of('city').top.map(({ count }) => String(count))).toEqual(top[1])
    expect(of('city').other).toBe(0)
    expect([of('born').min, of('born').max]).toEqual(await sql('SELECT min(born), max(born) FROM t'))
    const [trues, nulls] = await sql('SELECT count(*) FILTER (active), count(*) - count(active) FROM t')
    expect([of('active').trues, of('active').nulls].map(String)).toEqual([trues, nulls])
    const [min, max, mean] = await sql('SELECT min(len(scores)), max(len(scores)), avg(len(scores)) FROM t')
    expect(of('scores').lengths).toMatchObject({ min: Number(min), max: Number(max) })
    near(of('scores').lengths?.mean ?? null, mean)
    expect(of('amount').top).toHaveLength(50)
    expect(of('amount').other).toBe(of('amount').rows - of('amount').nulls - 50 - sumAboveOne(of('amount')))
  })

  it('names a stricter feature to who may know of it, and to nobody else', async () => {
    const { name: group } = await registerFeatureGroup(producer(), groupBody())
    await classifyFeature(group, 'num_logins', 'restricted')
    const outsider = contextOf(['consumer'])
    expect(JSON.stringify(await getStatistics(outsider, { group }))).not.toContain('num_logins')
    for (const read of [getStatistics, getDriftSeries])
      for (const feature of ['nothing', 'num_logins'])
        await expect(read(outsider, { group, feature })).rejects.toThrow(
          `Feature ${group}@1:${feature} was not found.`,
        )
    await classifyFeature(group, 'num_logins', 'confidential')
    const { hidden_features } = await getStatistics(outsider, { group })
    expect(hidden_features.map(({ name }) => name)).toEqual(['num_logins'])
  })

  it('counts anew after a commit, upserts of the same key again and tombstones never', async () => {
    const ctx = producer()
    const group = await registerFeatureGroup(ctx, groupBody())
    const row = { customer_id: 1, interaction_date: '2026-02-01', num_logins: 5, avg_session_duration: 2.5 }
    expect(await getStatistics(ctx, { group: group.name })).toMatchObject({
      as_of: null,
      rows: 0,
      note: 'No rows yet.',
    })
    const first = await ingest(ctx, group.name, [row])
    const one = await getStatistics(ctx, { group: group.name })
    expect(one).toMatchObject({ as_of: first.created, rows: 1 })
    expect(one.features[0]).toMatchObject({
      name: 'num_logins',
      rows: 1,
      min: 5,
      max: 5,
      mean: 5,
      standard_deviation: null,
    })
    await ingest(ctx, group.name, [{ ...row, num_logins: 9 }])
    const tombstone = [{ customer_id: 1, interaction_date: '2026-02-03' }]
    await deleteRows(ctx, ingestInput(group.name, JSON.stringify({ rows: tombstone })))
    const three = await getStatistics(ctx, { group: group.name, feature: 'num_logins' })
    expect(three).toMatchObject({ rows: 2, tombstones: 1 })
    expect(three.features).toHaveLength(1)
    expect(three.features[0]).toMatchObject({ rows: 2, nulls: 0, min: 5, max: 9, mean: 7 })
  })
})

const sumAboveOne = ({ top }: FeatureStatistics): number =>
  top.reduce((total, { count }) => total + count - 1, 0)
