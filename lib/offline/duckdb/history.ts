import { isAbsolute, join } from 'node:path'
import { env } from '@/lib/core/env'
import { engineType } from '@/lib/core/feature-type'
import type { Column, History, HistoryFile, HistorySchema } from '../port'
import { operationColumn, rowColumn } from '../staged'
import { commitConditions, commitCreatedColumn, commitIdColumn, filesToRead } from './known'
import { replacedConditions } from './replaced'
import { identifier, list, text } from './sql'

/** Where a file of the store lies. */
export const absolute = (path: string): string => (isAbsolute(path) ? path : join(env().home, path))

/** All columns that are stored, keys and event time first. */
export const storedColumns = (schema: HistorySchema): Column[] => [
  ...schema.keys,
  { name: schema.eventTime, type: { kind: 'timestamp' } },
  ...schema.features,
]

export interface HistoryScan {
  history: History
  /** Stored columns to read. */
  columns: Column[]
  /** Further expressions over the file's rows, by alias. */
  extras?: Record<string, string>
  /** Event time bounds as SQL, both inclusive. */
  from?: string | null
  to?: string | null
  where?: string[]
}

/**
 * The row's place in the history: file in commit order, then row in its file, where a merged file has its commits in
 * their order. Unique, below 2^62.
 */
export const placeExpression = '((CAST(file_index AS BIGINT) << 40) | file_row_number)'

const tombstoneBit = '4611686018427387904'

const tombstoneAndPlace = `(CASE WHEN ${operationColumn} = 'delete' THEN ${tombstoneBit} ELSE 0 END + ${placeExpression})`

/** What decides between rows of one time. Where there is no tombstone, no row is looked at for it. */
export const tailExpression = ({ noTombstones }: History): string =>
  noTombstones ? placeExpression : tombstoneAndPlace

/** A row's order of its time and its tail, both BIGINT. */
export const orderOf = (micros: string, tail: string): string =>
  `(${micros}::HUGEINT * 9223372036854775808::HUGEINT + ${tail}::HUGEINT)`

/**
 * Who wins among the rows of one key, as one number: greater event time, then tombstone, then later commit, then
 * later row. Files are sorted by key, time, operation and row, so a row's place in its file is its order.
 */
export const orderExpression = (schema: HistorySchema, tail = tombstoneAndPlace): string =>
  orderOf(`epoch_us(${identifier(schema.eventTime)})`, tail)

/** The greatest order that a row at `micros` (a SQL BIGINT) can have; the least is `micros · 2^63`. */
export const greatestOrder = (micros: string): string =>
  `(${micros}::HUGEINT * 9223372036854775808::HUGEINT + 9223372036854775807::HUGEINT)`

export const leastOrder = (micros: string): string => `(${micros}::HUGEINT * 9223372036854775808::HUGEINT)`

export const isTombstone = (order: string): string => `((${order} & ${tombstoneBit}::HUGEINT) <> 0)`

/** The place that an order ends in. */
export const placeOf = (order: string): string => `CAST(${order} & 4611686018427387903::HUGEINT AS BIGINT)`

/** A SELECT over the history's files: the asked columns (null where an older file has none of that name) and extras. */
export function scanHistory({ history, columns, extras = {}, from, to, where = [] }: HistoryScan): string {
  const files = filesToRead(history)
  const time = identifier(history.schema.eventTime)
  const asked = columns.map((column) => identifier(column.name))
  const further = Object.entries(extras).map(([alias, expression]) => `${expression} AS ${identifier(alias)}`)
  const conditions = [
    ...(from ? [`${time} >= ${from}`] : []),
    ...(to ? [`${time} <= ${to}`] : []),
    ...commitConditions(history),
    ...replacedConditions(history, createdMicros(history), `epoch_us(${time})`),
    ...where,
  ]
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  return `SELECT ${[...asked, ...further].join(', ') || 'NULL'} FROM (${allFiles(history.schema, files)})${filter}`
}

/** An empty typed branch first: it gives every column its type, also where no file has it or there is no file. */
function allFiles(schema: HistorySchema, files: HistoryFile[]): string {
  const typed = storedColumns(schema).map(
    ({ name, type }) => `NULL::${engineType(type)} AS ${identifier(name)}`,
  )
  const system = [
    `NULL::BIGINT AS ${rowColumn}`,
    `NULL::VARCHAR AS ${operationColumn}`,
    `NULL::BIGINT AS ${commitCreatedColumn}`,
    `NULL::VARCHAR AS ${commitIdColumn}`,
    'NULL::UBIGINT AS file_index',
    'NULL::BIGINT AS file_row_number',
  ]
  const empty = `SELECT ${[...typed, ...system].join(', ')} WHERE FALSE`
  if (files.length === 0) return empty
  const paths = list(files.map((file) => text(absolute(file.path))))
  return `${empty} UNION ALL BY NAME SELECT *, file_index, file_row_number FROM read_parquet(${paths}, union_by_name = true)`
}

/** `created` (µs) of a row's commit: its own in a merged file, else by the position of its file. */
export function createdMicros(history: History): string {
  const files = filesToRead(history)
  if (files.length === 0) return 'NULL::BIGINT'
  const created = list(files.map((file) => `${file.createdMicros}::BIGINT`))
  return `coalesce(${commitCreatedColumn}, ${created}[CAST(file_index AS BIGINT) + 1])`
}

/** The id of a row's commit. */
export function commitIdOf(history: History): string {
  const files = filesToRead(history)
  if (files.length === 0) return 'NULL::VARCHAR'
  const commits = list(files.map((file) => text(file.commit)))
  return `coalesce(${commitIdColumn}, ${commits}[CAST(file_index AS BIGINT) + 1])`
}

/** The commit's id and `created` of a row. */
export const commitExtras = (history: History): Record<string, string> => ({
  _created: `make_timestamp(${createdMicros(history)})`,
  _commit: commitIdOf(history),
})
