import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDays, calendarAt } from './calendar'
import { arrive, askedOn, placesBelow, prepareUpstream } from './upstream'

const home = mkdtempSync(join(tmpdir(), 'almanac-upstream-'))
const calendar = calendarAt(1325)
const flights = join(placesBelow(home).sources, 'flights')
const held = placesBelow(home).heldBack

async function first(sql: string): Promise<Record<string, unknown>> {
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJson()
  connection.closeSync()
  instance.closeSync()
  return row ?? {}
}

beforeAll(() => prepareUpstream(home, calendar, 'full'), 60_000)
afterAll(() => rmSync(home, { recursive: true, force: true }))

it('lets the history end where the held-back days begin, and loses no flight', async () => {
  const history = await first(`select count(*) n, max(date)::varchar latest from '${flights}/*.parquet'`)
  const later = await first(
    `select count(*) n, count(distinct date::date) as different from '${held}/*.parquet'`,
  )
  expect(Number(history.n) + Number(later.n)).toBe(3_000_000 - 6)
  expect(history.latest).toBe(`${addDays(calendar.historyEnd, -1)} 23:59:00`)
  expect(Number(later.different)).toBe(28)
})

it('spoils nothing but what it says', async () => {
  const file = 'node_modules/vega-datasets/data/flights-3m.parquet'
  const compared = await first(`
    with original as (select file_row_number + 1 as flight_id, * from read_parquet('${file}', file_row_number = true)),
      moved as (select * from '${held}/*.parquet' union all select * from '${flights}/*.parquet')
    select
      count(distinct m.origin) filter (where m.delay <> o.delay) as spoilt_airports,
      bool_and(m.delay = o.delay * 60 and m.date::date = '${calendar.unitErrorDay}')
        filter (where m.delay is distinct from o.delay) as only_hours,
      count(distinct (m.origin, m.destination)) filter (where m.distance is null) as bare_routes,
      bool_and(m.date::date = '${calendar.missingDistanceDay}') filter (where m.distance is distinct from o.distance) as only_bare,
      bool_and(m.date = o.date + to_days(7 * 1325) and m.origin = o.origin and m.destination = o.destination) as same_else,
      count(*) as n
    from moved m join original o using (flight_id)`)
  const routes = await first(`select count(distinct (origin, destination)) n from (
    select * from '${held}/*.parquet' union all select * from '${flights}/*.parquet')
    where date >= timestamp '${addDays(calendar.missingDistanceDay, -27)}' and date < timestamp '${addDays(calendar.missingDistanceDay, 1)}'`)
  expect(compared).toMatchObject({
    spoilt_airports: '20',
    only_hours: true,
    only_bare: true,
    same_else: true,
  })
  expect(Number(compared.n)).toBe(2_999_994)
  expect(Number(compared.bare_routes)).toBe(Math.round(0.12 * Number(routes.n)))
})

it('lets a day arrive once', async () => {
  const day = calendar.heldBack[0] ?? ''
  await arrive(home, day)
  await arrive(home, day)
  const arrived = await first(
    `select count(*) n, min(date)::date::varchar d from '${flights}/${day}.parquet'`,
  )
  const waiting = await first(`select count(*) n from '${held}/${day}.parquet'`)
  expect(arrived).toEqual({ n: waiting.n, d: day })
})

it('knows a hundred flights of each held-back day that readers ask about', async () => {
  const asked = await askedOn(home, calendar.lastDay)
  expect(asked).toHaveLength(100)
  const [known] = asked
  const found = await first(`select count(*) > 0 as flown from '${held}/${calendar.lastDay}.parquet'
    where origin = '${known?.origin}' and destination = '${known?.destination}'`)
  expect(found).toEqual({ flown: true })
})
