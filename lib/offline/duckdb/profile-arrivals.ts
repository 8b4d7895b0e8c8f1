import { queryRows } from '../engine-client'
import type { History } from '../port'
import { operationColumn } from '../staged'
import { scanHistory } from './history'
import { numberOf } from './profile-watched'
import { identifier } from './sql'

/** Rows (tombstones left out) by UTC day of event time, oldest first; a day is its number since 1970-01-01. */
export async function profileArrivals(
  history: History,
  signal?: AbortSignal,
): Promise<[day: number, rows: number][]> {
  const time = identifier(history.schema.eventTime)
  const scan = scanHistory({
    history,
    columns: [],
    // Floor, since a division would round the days before 1970 towards it.
    extras: { _day: `CAST(floor(epoch_us(${time}) / 86400000000) AS BIGINT)` },
    where: [`${operationColumn} = 'upsert'`],
  })
  const rows = await queryRows(`SELECT _day, count(*) FROM (${scan}) GROUP BY _day ORDER BY _day`, [], signal)
  return rows.map(([day, count]) => [numberOf(day), numberOf(count)])
}
