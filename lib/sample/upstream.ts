import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { z } from 'zod'
import { addDays, midnight, type SampleCalendar, trueLastDay } from './calendar'
import { airportsFile, flightsFolder } from './catalog'
import type { Variant } from './variant'

interface Places {
  /** What the pipeline may read. */
  sources: string
  /** Days that have not arrived yet. */
  heldBack: string
}

const smallAirports = 25
const smallWeeks = 12
const spoiltAirports = 20
const spoiltRouteShare = 0.12
const flightsAskedADay = 100

export const placesBelow = (home: string): Places => ({
  sources: join(home, 'sources'),
  heldBack: join(home, 'sample', 'held-back'),
})

const packageFile = (name: string) =>
  join(dirname(createRequire(import.meta.url).resolve('vega-datasets')), '..', 'data', name)

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`
const instant = (day: string) => `timestamp ${quoted(midnight(day).slice(0, 10))}`

/** The whole file, numbered as its rows stand, moved in time, and cut to the variant. */
function flightsSql({ shiftWeeks, end }: SampleCalendar, variant: Variant): string {
  const busiest = `(select origin from file group by origin order by count(*) desc, origin limit ${smallAirports})`
  const small = `where origin in ${busiest} and destination in ${busiest}
    and date >= ${instant(addDays(end, -7 * smallWeeks))}`
  return `create temp table flights as
    with file as (
      select file_row_number + 1 as flight_id, date + to_days(${7 * shiftWeeks}) as date,
        delay, distance, origin, destination
      from read_parquet(${quoted(packageFile('flights-3m.parquet'))}, file_row_number = true)
      where date < ${instant(addDays(trueLastDay, 1))}
    ) select * from file ${variant === 'small' ? small : ''}`
}

/** The planted faults: minutes sent as hours at the busiest airports, distances missing on 12 % of the routes. */
function spoilSql({ unitErrorDay, missingDistanceDay }: SampleCalendar): string[] {
  const fourWeeksTo = (day: string) =>
    `date >= ${instant(addDays(day, -27))} and date < ${instant(addDays(day, 1))}`
  const on = (day: string) => `date >= ${instant(day)} and date < ${instant(addDays(day, 1))}`
  return [
    `update flights set delay = delay * 60 where ${on(unitErrorDay)} and origin in (
      select origin from flights where ${fourWeeksTo(unitErrorDay)}
      group by origin order by count(*) desc, origin limit ${spoiltAirports})`,
    `update flights set distance = null where ${on(missingDistanceDay)} and (origin, destination) in (
      select (origin, destination) from flights where ${on(missingDistanceDay)}
      group by origin, destination order by md5(origin || destination)
      limit (select round(${spoiltRouteShare} * count(distinct (origin, destination)))::bigint
        from flights where ${fourWeeksTo(missingDistanceDay)}))`,
  ]
}

/** Writes a file whole: it has its name only once it is complete. */
async function copyOut(connection: DuckDBConnection, where: string, path: string): Promise<void> {
  const half = `${path}.half`
  await connection.run(
    `copy (select * from flights where ${where} order by date, flight_id) to ${quoted(half)} (format parquet, compression zstd)`,
  )
  await rename(half, path)
}

async function writeFiles(
  connection: DuckDBConnection,
  calendar: SampleCalendar,
  places: Places,
): Promise<void> {
  const flights = join(places.sources, flightsFolder)
  for (const day of calendar.heldBack) {
    const where = `date >= ${instant(day)} and date < ${instant(addDays(day, 1))}`
    await copyOut(connection, where, join(places.heldBack, `${day}.parquet`))
  }
  await copyOut(connection, `date < ${instant(calendar.historyEnd)}`, join(flights, 'history.parquet'))
}

/** Some flights of a day, as those who ask for their features know them. */
export type Asked = { origin: string; destination: string }[]

const askedSchema = z.record(z.string(), z.array(z.object({ origin: z.string(), destination: z.string() })))
const askedOf = (places: Places) => join(places.heldBack, 'asked.json')

/** Which flights the replay's readers will ask about: the same ones each time, spread over the day. */
async function writeAsked(
  connection: DuckDBConnection,
  { historyEnd }: SampleCalendar,
  places: Places,
): Promise<void> {
  const reader = await connection.runAndReadAll(`
    with chosen as (
      select * from flights where date >= ${instant(historyEnd)}
      qualify row_number() over (partition by date::date order by md5(flight_id::varchar)) <= ${flightsAskedADay}
    )
    select json_group_object(day, flights)::varchar from (
      select date::date::varchar as day,
        to_json(list({'origin': origin, 'destination': destination} order by date, flight_id)) as flights
      from chosen group by day)`)
  await writeFile(askedOf(places), String(reader.getRows()[0]?.[0]))
}

/** The flights of a held-back day that the replay's readers ask about. */
export async function askedOn(home: string, day: string): Promise<Asked> {
  const asked = askedSchema.parse(JSON.parse(await readFile(askedOf(placesBelow(home)), 'utf8')))
  return asked[day] ?? []
}

const markerOf = (places: Places) => join(places.heldBack, 'complete.json')

/**
 * Plays the part of the upstream systems: leaves the register of airports and the flights up to four weeks ago
 * where the pipeline reads, and puts the later days aside. What stands complete is not written again.
 */
export async function prepareUpstream(
  home: string,
  calendar: SampleCalendar,
  variant: Variant,
): Promise<void> {
  const places = placesBelow(home)
  if (existsSync(markerOf(places))) return
  await mkdir(join(places.sources, flightsFolder), { recursive: true })
  await mkdir(places.heldBack, { recursive: true })
  await copyFile(packageFile('airports.csv'), join(places.sources, airportsFile))
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GiB', threads: '2' })
  const connection = await instance.connect()
  try {
    for (const sql of [flightsSql(calendar, variant), ...spoilSql(calendar)]) await connection.run(sql)
    await writeFiles(connection, calendar, places)
    await writeAsked(connection, calendar, places)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
  await writeFile(markerOf(places), JSON.stringify({ shiftWeeks: calendar.shiftWeeks, variant }))
}

/** A held-back day arrives: its file appears, whole, where the pipeline reads. A second time changes nothing. */
export async function arrive(home: string, day: string): Promise<void> {
  const places = placesBelow(home)
  const destination = join(places.sources, flightsFolder, `${day}.parquet`)
  if (existsSync(destination)) return
  await copyFile(join(places.heldBack, `${day}.parquet`), `${destination}.half`)
  await rename(`${destination}.half`, destination)
}

/** Takes all of it away again. */
export async function removeUpstream(home: string): Promise<void> {
  const places = placesBelow(home)
  await rm(dirname(places.heldBack), { recursive: true, force: true })
  await rm(join(places.sources, flightsFolder), { recursive: true, force: true })
  await rm(join(places.sources, airportsFile), { force: true })
}
