import { queryRows } from '../engine-client'
import type { Column, History } from '../port'
import { operationColumn } from '../staged'
import { absolute, scanHistory } from './history'
import { filesToRead } from './known'
import { identifier, list, text } from './sql'

/**
 * How a column is counted over time. `numeric`: its values as doubles. `length`: the lengths of its lists.
 * `categorical`: its texts. `boolean`: its trues. `presence`: only whether there is a value.
 */
export type WatchedKind = 'numeric' | 'length' | 'categorical' | 'boolean' | 'presence'

/** Windows of event time: UTC days, UTC weeks from Monday, or everything as one. */
export type Period = 'day' | 'week' | 'all'

export interface WatchedSpan {
  history: History
  /** Event time [from, to); null is open. */
  fromMicros: bigint | null
  toMicros: bigint | null
  /** How many values may be held at once; absent: 4,000,000. */
  mostHeldValues?: number
}

/** Longer texts are one category by their beginning and their hash, so that a window never carries megabytes. */
const longestCategory = 256

export function expressionOf(name: string, kind: WatchedKind): string {
  const column = identifier(name)
  if (kind === 'numeric') return `CAST(${column} AS DOUBLE)`
  if (kind === 'length') return `CAST(len(${column}) AS DOUBLE)`
  if (kind === 'presence') return `CASE WHEN ${column} IS NOT NULL THEN TRUE END`
  if (kind === 'boolean') return column
  return (
    `CASE WHEN length(${column}) > ${longestCategory} ` +
    `THEN left(${column}, 200) || '… ' || md5(${column}) ELSE ${column} END`
  )
}

const windowOf = (period: Period, time: string): string =>
  period === 'all' ? 'NULL::BIGINT' : `epoch_us(date_trunc(${text(period)}, ${time}))`

export function storedColumn(history: History, name: string): Column {
  const found = history.schema.features.find((column) => column.name === name)
  if (!found) throw new TypeError(`The history has no feature ${name}`)
  return found
}

/** SELECT of `w` (start of the window, µs), `t` (event time, µs) and `c0`, `c1` …; tombstones are left out. */
function watchedRows(
  { history, fromMicros, toMicros }: WatchedSpan,
  period: Period,
  columns: readonly { name: string; kind: WatchedKind }[],
): string {
  const time = identifier(history.schema.eventTime)
  const scan = scanHistory({
    history,
    columns: columns.map(({ name }) => storedColumn(history, name)),
    extras: { _window: windowOf(period, time), _micros: `epoch_us(${time})` },
    where: [
      `${operationColumn} = 'upsert'`,
      ...(fromMicros === null ? [] : [`epoch_us(${time}) >= ${fromMicros}`]),
      ...(toMicros === null ? [] : [`epoch_us(${time}) < ${toMicros}`]),
    ],
  })
  const values = columns.map(({ name, kind }, index) => `${expressionOf(name, kind)} AS c${index}`)
  return `SELECT ${['_window AS w', '_micros AS t', ...values].join(', ')} FROM (${scan})`
}

/** Of a history with more rows each question reads its column again. */
const defaultHeldValues = 4_000_000

/** Some of the columns, as the engine counts them at once. */
export interface WatchedPass<C> {
  columns: C[]
  /** The rows are too many to be held. */
  isLong: boolean
}

/** Divides columns so that what is held of them stays small however long the history is. */
export async function watchedPasses<C>(
  { history, mostHeldValues = defaultHeldValues }: WatchedSpan,
  columns: readonly C[],
  signal?: AbortSignal,
): Promise<WatchedPass<C>[]> {
  const files = list(filesToRead(history).map(({ path }) => text(absolute(path))))
  const counted = `SELECT sum(num_rows) FROM parquet_file_metadata(${files})`
  const [[sum] = []] = files === '[]' ? [] : await queryRows(counted, [], signal, 'count')
  const rows = Number(sum ?? 0)
  const size = Math.max(1, Math.floor(mostHeldValues / Math.max(1, rows)))
  const passes: WatchedPass<C>[] = []
  for (let at = 0; at < columns.length; at += size)
    passes.push({ columns: columns.slice(at, at + size), isLong: rows > mostHeldValues })
  return passes
}

/** The rows of a query that names `watched`, which has `w`, `t` and `c0`, `c1` … of the pass. */
export function queryWatched(
  query: string,
  { isLong, columns }: WatchedPass<{ name: string; kind: WatchedKind }>,
  span: WatchedSpan,
  period: Period,
  signal?: AbortSignal,
): Promise<unknown[][]> {
  const rows = watchedRows(span, period, columns)
  return isLong
    ? queryRows(`WITH watched AS NOT MATERIALIZED (${rows}) ${query}`, [], signal, 'count')
    : queryRows(query, [`CREATE TEMP TABLE watched AS ${rows}`], signal, 'count')
}

/** Doubles as SQL, exact: a bare literal with a point would pass through DECIMAL. */
export const doubles = (values: readonly number[]): string =>
  `CAST(${list(values.map((value) => text(String(value))))} AS DOUBLE[])`

export const texts = (values: readonly string[]): string => `CAST(${list(values.map(text))} AS VARCHAR[])`

/** A number of the engine's `rows` answer; NaN and infinities come as their names. */
export function numberOf(value: unknown): number {
  const number = Number(typeof value === 'object' && value !== null ? String(value) : value)
  return value === null || value === undefined ? Number.NaN : number
}

export const numberOrNull = (value: unknown): number | null => {
  const number = numberOf(value)
  return Number.isFinite(number) ? number : null
}
