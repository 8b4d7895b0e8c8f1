import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { calendarAt } from '../calendar'
import type { SampleGroup } from '../definition'
import { placesBelow, prepareUpstream } from '../upstream'
import { airportDelays } from './airport-delays'
import { airportHourly } from './airport-hourly'
import { airportProfile } from './airport-profile'
import { flightGroups } from './index'
import { routeDelays } from './route-delays'
import { routeTraffic } from './route-traffic'

const home = mkdtempSync(join(tmpdir(), 'almanac-groups-'))
const calendar = calendarAt(1325)
const beginning = '0001-01-01'
let instance: DuckDBInstance
let db: DuckDBConnection

const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowObjectsJson()

/** Computes a group as the pipeline does, over the table `flights` as it is, into a table of the group's name. */
async function compute(
  { name, transformation }: SampleGroup,
  from = beginning,
  to = calendar.end,
  table = name,
) {
  const sql = transformation?.sql
    .replaceAll('$from', `timestamp '${from}'`)
    .replaceAll('$to', `timestamp '${to}'`)
  await db.run(`create or replace table ${table} as ${sql}`)
}

vi.setConfig({ testTimeout: 60_000 })

beforeAll(async () => {
  await prepareUpstream(home, calendar, 'small')
  instance = await DuckDBInstance.create()
  db = await instance.connect()
  const { sources, heldBack } = placesBelow(home)
  await db.run(`create table flights as select * from '${sources}/flights/*.parquet'
    union all select * from '${heldBack}/*.parquet'`)
  await db.run(`create table airports as from '${sources}/airports.csv'`)
  for (const group of flightGroups) await compute(group)
}, 60_000)

afterAll(() => {
  db.closeSync()
  instance.closeSync()
  rmSync(home, { recursive: true, force: true })
})

/** Takes some rows of a group, always the same ones, for queries that are written plainly and thus slow. */
const someOf = (group: SampleGroup, count: number) =>
  db.run(`create or replace table some_${group.name} as from ${group.name}
    order by md5(concat_ws(' ', ${[...group.primary_key, group.timestamp_key].join(', ')})) limit ${count}`)

/** Rows that one side has and the other has not. */
const differing = async (group: string, byHand: string) =>
  rows(
    `(from (${byHand}) except all from ${group}) union all (from ${group} except all from (${byHand})) limit 5`,
  )

const naive = (days: number, value: string, condition: string) =>
  `(select ${value} from flights f where ${condition} and f.date >= g.window_end - interval ${days} days and f.date < g.window_end)`

const quantities = (where: string, suffix: (name: string) => string) => (days: number) =>
  [
    `${naive(days, 'count(*)', where)} as ${suffix(`departures_${days}d`)}`,
    `${naive(days, 'avg(f.delay)', where)} as ${suffix(`mean_delay_${days}d`)}`,
    `${naive(days, 'quantile_cont(f.delay, 0.9)', where)} as ${suffix(`p90_delay_${days}d`)}`,
    `${naive(days, 'avg(case when f.delay >= 15 then 1 else 0 end)', where)} as ${suffix(`share_late_${days}d`)}`,
  ].join(', ')

describe('the groups equal queries written by hand', () => {
  it('airport_delays', async () => {
    const all = [1, 7, 28].map(quantities('f.origin = g.airport_code', (name) => name)).join(', ')
    const byHand = `select airport_code, window_end, ${all} from some_airport_delays g`
    await someOf(airportDelays, 60)
    expect(await differing('some_airport_delays', byHand)).toEqual([])
  })

  it('route_delays', async () => {
    const where = 'f.origin = g.origin and f.destination = g.destination'
    const byHand = `select origin, destination, window_end,
      ${naive(7, 'avg(delay)', where)}, ${naive(7, 'avg(case when delay >= 15 then 1 else 0 end)', where)},
      ${naive(28, 'avg(delay)', where)}, ${naive(28, 'avg(case when delay >= 15 then 1 else 0 end)', where)},
      ${naive(28, 'avg(case when delay >= 60 then 1 else 0 end)', where)}, ${naive(28, 'max(delay)', where)}
      from some_route_delays g`
    await someOf(routeDelays, 40)
    expect(await differing('some_route_delays', byHand)).toEqual([])
  })

  it('route_traffic', async () => {
    const where = 'f.origin = g.origin and f.destination = g.destination'
    const latest = `(select distance from flights f where ${where} and f.date < g.window_end
      order by f.date desc, f.flight_id desc limit 1)`
    const byHand = `select origin, destination, window_end,
      ${naive(1, 'count(*)', where)}, ${naive(7, 'count(*)', where)}, ${naive(28, 'count(*)', where)},
      ${naive(28, 'count(distinct f.date::date)', where)}, ${latest},
      ${naive(28, 'count(*)', where)} / ${naive(28, 'count(*)', 'f.origin = g.origin')}::double
      from some_route_traffic g`
    await someOf(routeTraffic, 40)
    expect(await differing('some_route_traffic', byHand)).toEqual([])
  })

  it('airport_profile', async () => {
    const where = 'f.origin = g.airport_code'
    const byHand = `select airport_code, window_end, a.name, a.city, a.state, a.latitude, a.longitude,
      ${naive(28, 'count(*)', where)} / 28, ${naive(28, 'count(distinct f.destination)', where)},
      ${naive(28, 'avg(f.distance)', where)}, ${naive(28, 'count(*)', where)} / ${naive(28, 'count(*)', 'true')}::double,
      hub_class from some_airport_profile g join airports a on a.iata = g.airport_code`
    await someOf(airportProfile, 40)
    expect(await differing('some_airport_profile', byHand)).toEqual([])
    const days = await rows(
      'select distinct dayname(window_end) as day, count(distinct window_end) as n from airport_profile group by 1',
    )
    expect(days).toEqual([{ day: 'Sunday', n: '9' }])
  })

  it('every key that flew within 28 days has a row at every midnight, and no other', async () => {
    for (const [name, key] of [
      ['airport_delays', 'origin'],
      ['airport_hourly', 'origin'],
      ['route_delays', '(origin, destination)'],
      ['route_traffic', '(origin, destination)'],
    ]) {
      const own = key === 'origin' ? 'airport_code' : key
      const expected = `select distinct ${key}, day + to_days(n::int) from
        (select distinct origin, destination, date::date as day from flights), range(1, 29) r(n)
        where day + to_days(n::int) between (select min(date)::date + 28 from flights) and '${calendar.end}'`
      expect(await differing(`(select ${own}, window_end from ${name})`, expected)).toEqual([])
    }
  })

  it('airport_hourly: 24 numbers each, hour 0 first', async () => {
    const [odd] = await rows(`select count(*) as n from airport_hourly
      where len(departures_by_hour_28d) <> 24 or len(share_late_by_hour_28d) <> 24`)
    expect(odd).toEqual({ n: '0' })
    await someOf(airportHourly, 10)
    const wrong = await rows(`from some_airport_hourly g, range(24) h(hour)
      where departures_by_hour_28d[hour + 1] <> ${naive(28, 'count(*)', 'f.origin = g.airport_code and hour(f.date) = h.hour')}
        or share_late_by_hour_28d[hour + 1] is distinct from
          ${naive(28, 'avg((f.delay >= 15)::int)', 'f.origin = g.airport_code and hour(f.date) = h.hour')} limit 5`)
    expect(wrong).toEqual([])
  })
})

describe('no leak', () => {
  const aggregates = [airportDelays, routeDelays, routeTraffic, airportProfile, airportHourly]

  it('every window closes at or before its event time, so that what departs later changes nothing', async () => {
    const day = calendar.heldBack[5] ?? ''
    for (const group of aggregates) await compute(group, beginning, day, `${group.name}_before`)
    await db.run(`begin; update flights set delay = 9999, distance = 1 where date >= timestamp '${day}'`)
    try {
      for (const group of aggregates) {
        await compute(group, beginning, day, `${group.name}_after`)
        const changed = await rows(`(from ${group.name}_before except all from ${group.name}_after) union all
          (from ${group.name}_after except all from ${group.name}_before) limit 5`)
        expect(changed).toEqual([])
      }
    } finally {
      await db.run('rollback')
    }
  })

  it('what a flight is given as of its departure was computed from earlier flights alone', async () => {
    const given = await rows(`with spine as (from flights using sample reservoir(80 rows) repeatable (7))
      select s.flight_id, g.departures_28d, g.mean_delay_28d,
        (select count(*) from flights f where f.origin = s.origin and f.date < date_trunc('day', s.date)
          and f.date >= date_trunc('day', s.date) - interval 28 days and f.flight_id <> s.flight_id) as departures,
        (select avg(delay) from flights f where f.origin = s.origin and f.date < date_trunc('day', s.date)
          and f.date >= date_trunc('day', s.date) - interval 28 days and f.flight_id <> s.flight_id) as mean
      from spine s asof join airport_delays g on g.airport_code = s.origin and g.window_end <= s.date`)
    expect(given.length).toBeGreaterThan(40)
    for (const row of given) {
      expect(row.departures_28d).toBe(row.departures)
      expect(row.mean_delay_28d).toBe(row.mean)
    }
  })
})

it('two runs, one after the other, give what one run gives', async () => {
  const middle = calendar.historyEnd
  for (const group of flightGroups) {
    await compute(group, beginning, middle, 'earlier')
    await compute(group, middle, calendar.end, 'later')
    const time = group.timestamp_key
    const both = '(from earlier union all from later)'
    // A flight that leaves at the very midnight belongs to the earlier window.
    const [share] = await rows(
      `select count(*) filter (where ${time} > timestamp '${middle}') > 0 as later from later`,
    )
    expect(share).toEqual({ later: true })
    expect(await differing(group.name, `from ${both}`)).toEqual([])
  }
})

it('regular values keep the contracts, and so do the planted faults', async () => {
  for (const { name, features } of flightGroups) {
    for (const { name: column, contract } of features) {
      const broken = [
        contract?.min === undefined ? [] : [`${column} < ${contract.min}`],
        contract?.max === undefined ? [] : [`${column} > ${contract.max}`],
        contract?.nullable === false ? [`${column} is null`] : [],
      ].flat()
      if (broken.length === 0) continue
      expect(await rows(`select ${column} from ${name} where ${broken.join(' or ')} limit 3`)).toEqual([])
    }
  }
})
