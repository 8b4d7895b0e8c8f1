import type { APIResponse } from '@playwright/test'
import { tableFromIPC } from 'apache-arrow'
import { buoyReadings } from '../support/buoys'
import { overFiles, type Row } from '../support/duckdb'
import { freshName, productNow } from '../support/installation'
import { expect, test } from '../support/test'
import { filledGroup } from './buoys'

const readings = buoyReadings()
const features = ['water_celsius', 'waves_counted', 'sea_mood', 'lamp_lit']
const dayMs = 86_400_000

/** 200 keys and instants in and around the file's time, some of keys that it does not have. */
const spine = Array.from({ length: 200 }, (_, index) => ({
  buoy_id: 9000 + ((index * 37) % 63),
  event_timestamp: new Date(productNow().getTime() - ((index * 11.37) % 90) * dayMs).toISOString(),
}))

/** What DuckDB makes of the same file by an as-of join written by hand. */
const expected = () =>
  overFiles(
    { 'readings.csv': readings.csv, 'spine.json': JSON.stringify(spine) },
    (path) => `
      select s.buoy_id, water_celsius, waves_counted, sea_mood, lamp_lit
      from (select row_number() over () as place, * from read_json(${path('spine.json')},
              columns = {buoy_id: 'bigint', event_timestamp: 'timestamptz'})) s
      asof left join (select * from read_csv(${path('readings.csv')}, types = {read_at: 'timestamptz'})) r
        on s.buoy_id = r.buoy_id and r.read_at <= s.event_timestamp
      order by place`,
  )

const plain = (row: Row) => ({
  buoy_id: Number(row.buoy_id),
  water_celsius: row.water_celsius === null || row.water_celsius === '' ? null : Number(row.water_celsius),
  waves_counted: row.waves_counted === null || row.waves_counted === '' ? null : Number(row.waves_counted),
  sea_mood: row.sea_mood === '' ? null : row.sea_mood,
  lamp_lit: row.lamp_lit === null || row.lamp_lit === '' ? null : String(row.lamp_lit) === 'true',
})

const formats: Record<string, { type: string; rows: (answer: APIResponse) => Promise<Row[]> }> = {
  JSON: { type: 'application/json', rows: async (answer) => (await answer.json()).rows },
  NDJSON: {
    type: 'application/x-ndjson',
    rows: async (answer) =>
      (await answer.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
  },
  CSV: {
    type: 'text/csv',
    rows: async (answer) =>
      overFiles(
        { 'answer.csv': await answer.body() },
        (path) => `from read_csv(${path('answer.csv')}, all_varchar = true)`,
      ),
  },
  Arrow: {
    type: 'application/vnd.apache.arrow.stream',
    rows: async (answer) =>
      tableFromIPC(await answer.body())
        .toArray()
        .map((row) => row.toJSON()),
  },
  Parquet: {
    type: 'application/vnd.apache.parquet',
    rows: async (answer) =>
      overFiles(
        { 'answer.parquet': await answer.body() },
        (path) => `from read_parquet(${path('answer.parquet')})`,
      ),
  },
}

const name = freshName('buoys_history')

test.describe('historical features equal a hand-written as-of join', () => {
  test.beforeAll(async ({ api }) => {
    await filledGroup(api, name, readings.csv)
  })

  for (const [format, { type, rows }] of Object.entries(formats)) {
    test(`as ${format}`, async ({ api }) => {
      const answer = await api.post('/api/v1/historical-features', {
        headers: { accept: type },
        data: { spine: { rows: spine }, features: features.map((feature) => `${name}:${feature}`) },
      })
      expect(answer.status()).toBe(200)
      expect(answer.headers()['content-type']).toContain(type)
      const got = (await rows(answer)).map(plain)
      const want = (await expected()).map(plain)
      expect(want.filter((row) => row.sea_mood !== null).length).toBeGreaterThan(100)
      expect(got).toEqual(want)
    })
  }
})
