import { queryRows } from '../engine-client'
import type { History } from '../port'
import { operationColumn } from '../staged'
import { scanHistory } from './history'
import { numberOf } from './profile-watched'
import { identifier } from './sql'

/** A UTC day by its number since 1970-01-01, with its rows and the newest event time on it (ms). */
export type DayRows = [day: number, rows: number, newestMs: number]

/** Rows (tombstones left out) by day of event time, oldest first. */
export async function profileArrivals(history: History, signal?: AbortSignal): Promise<DayRows[]> {
  const time = identifier(history.schema.eventTime)
  const scan = scanHistory({
    history,
    columns: [],
    // Floor, since a division would round the days before 1970 towards it.
    extras: { _day: `CAST(floor(epoch_us(${time}) / 86400000000) AS BIGINT)`, _ms: `epoch_ms(${time})` },
    where: [`${operationColumn} = 'upsert'`],
  })
  const rows = await queryRows(
    `SELECT _day, count(*), max(_ms) FROM (${scan}) GROUP BY _day ORDER BY _day`,
    [],
    signal,
    'count',
  )
  return rows.map(([day, count, newest]) => [numberOf(day), numberOf(count), numberOf(newest)])
}
