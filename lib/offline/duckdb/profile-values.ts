import { queryRows } from '../engine-client'
import { operationColumn } from '../staged'
import { scanHistory } from './history'
import { expressionOf, storedColumn, type WatchedKind, type WatchedSpan } from './profile-watched'
import { identifier } from './sql'

export interface ValuesRequest extends Omit<WatchedSpan, 'mostHeldValues'> {
  column: string
  kind: Exclude<WatchedKind, 'presence'> | 'embedding'
  /** At most so many. */
  limit: number
  /** In the order of time; or embeddings by their hash, which makes the first ones a sample. */
  order: 'time' | 'hash'
}

/** Values of one column between two instants, tombstones left out: numbers, texts, booleans or vectors; null is missing. */
export async function profileValues(request: ValuesRequest, signal?: AbortSignal): Promise<unknown[]> {
  const { history, fromMicros, toMicros, column, kind, limit, order } = request
  const time = identifier(history.schema.eventTime)
  const scan = scanHistory({
    history,
    columns: [storedColumn(history, column)],
    extras: { _micros: `epoch_us(${time})` },
    where: [
      `${operationColumn} = 'upsert'`,
      ...(fromMicros === null ? [] : [`epoch_us(${time}) >= ${fromMicros}`]),
      ...(toMicros === null ? [] : [`epoch_us(${time}) < ${toMicros}`]),
    ],
  })
  const value = kind === 'embedding' ? `CAST(${identifier(column)} AS DOUBLE[])` : expressionOf(column, kind)
  const by = order === 'time' ? '_micros' : 'hash(v), _micros'
  const sql = `SELECT v FROM (SELECT ${value} AS v, _micros FROM (${scan})) ORDER BY ${by} LIMIT ${limit}`
  const rows = await queryRows(sql, [], signal, 'count')
  return rows.map(([v]) => v)
}
