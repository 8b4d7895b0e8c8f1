import { type FeatureType, formatFeatureType } from '@/lib/core/feature-type'
import { linesOf, runInEngine } from '../engine-client'
import type {
  Answer,
  Column,
  HistoryRow,
  HistoryRowsRequest,
  HistorySchema,
  LatestRow,
  RangeRequest,
} from '../port'
import type { EncodedColumn } from '../protocol'
import { operationColumn, rowColumn } from '../staged'
import {
  absolute,
  commitExtras,
  type HistoryScan,
  isTombstone,
  orderExpression,
  placeExpression,
  placeOf,
  scanHistory,
  storedColumns,
} from './history'
import { knownAt } from './known'
import { identifier, literal, timestamp } from './sql'

const encoded = (columns: readonly Column[]): EncodedColumn[] =>
  columns.map(({ name, type }) => ({ name, type, typeText: formatFeatureType(type) }))

const lane = 'read'

/** An answer that runs when it is opened. Parquet says UTC of its timestamps; the text formats print it. */
export function answerOf(plan: { statements: string[]; sql: string; columns: Column[] }): Answer {
  const columns = encoded(plan.columns)
  return {
    columns: plan.columns,
    open: (format, { signal, int64AsString = false } = {}) => {
      const { statements } = plan
      if (format !== 'parquet' && format !== 'arrow') {
        const result = { kind: 'encode' as const, sql: plan.sql, columns, format, int64AsString }
        return runInEngine({ statements, result, lane }, signal)
      }
      const typed = plan.columns.map(({ name, type }) => binaryColumn[format](identifier(name), type))
      const sql = `SELECT ${typed.join(', ')} FROM (${plan.sql})`
      if (format === 'parquet')
        return runInEngine({ statements, result: { kind: 'parquet', sql }, lane }, signal)
      const result = { kind: 'encode' as const, sql, columns, format, int64AsString: false }
      return runInEngine({ statements, result, lane }, signal)
    },
  }
}

const binaryColumn = {
  parquet: (name: string, type: FeatureType): string => {
    const instants = timesInUtc(type, name)
    return instants === name ? name : `${instants} AS ${name}`
  },
  arrow: (name: string, type: FeatureType): string => {
    const bytes = textsAsBytes(type, name)
    return bytes === name ? name : `${bytes} AS ${name}`
  },
}

/** The history's times are UTC without saying so. By their number: asking the calendar takes fifteen times as long. */
function timesInUtc(type: FeatureType, sql: string, depth = 0): string {
  if (type.kind === 'timestamp') return `make_timestamptz(epoch_us(${sql}))`
  if (type.kind !== 'array') return sql
  const item = `__e${depth}`
  const inner = timesInUtc(type.element, item, depth + 1)
  return inner === item ? sql : `list_transform(${sql}, lambda ${item}: ${inner})`
}

/** A BLOB's memory can be copied as it is; the client library gives a VARCHAR only as a JavaScript string. */
function textsAsBytes(type: FeatureType, sql: string, depth = 0): string {
  if (type.kind === 'string' || type.kind === 'json') return `encode(${sql})`
  if (type.kind !== 'array') return sql
  const item = `__e${depth}`
  const inner = textsAsBytes(type.element, item, depth + 1)
  return inner === item ? sql : `list_transform(${sql}, lambda ${item}: ${inner})`
}

const systemTypes: Column[] = [
  { name: '_created', type: { kind: 'timestamp' } },
  { name: '_commit', type: { kind: 'string' } },
  { name: rowColumn, type: { kind: 'int64' } },
]

/** See OfflineStore.range. */
export function planRange(request: RangeRequest) {
  const { schema } = request.history
  const history = knownAt(request.history, request.knownAtMicros)
  const features = request.features.map((name) => {
    const column = schema.features.find((feature) => feature.name === name)
    if (!column) throw new TypeError(`The history has no feature ${name}`)
    return column
  })
  const time: Column = { name: schema.eventTime, type: { kind: 'timestamp' } }
  const columns = [...schema.keys, time, ...features, ...(request.systemColumns ? systemTypes : [])]
  const bounds = {
    history,
    from: request.startMicros === null ? null : timestamp(request.startMicros),
    to: request.endMicros === null ? null : timestamp(request.endMicros),
  }
  const scan = scanHistory({
    ...bounds,
    columns: [...schema.keys, time, ...features],
    extras: { ...commitExtras(history), [rowColumn]: rowColumn, __place: placeExpression },
    where: request.latest ? [] : [`${operationColumn} <> 'delete'`],
  })
  const newest = `SELECT __place FROM (${newestPlaces(bounds, true, null)}) WHERE NOT ${isTombstone('__order')}`
  const rows = request.latest ? `SELECT * FROM (${scan}) WHERE __place IN (${newest})` : scan
  const order = [identifier(schema.eventTime), ...schema.keys.map(({ name }) => identifier(name)), '__place']
  const names = columns.map(({ name }) => identifier(name)).join(', ')
  const limit = request.limit === null ? '' : ` LIMIT ${request.limit}`
  return {
    statements: [],
    sql: `SELECT ${names} FROM (${rows}) ORDER BY ${order.join(', ')}${limit}`,
    columns,
  }
}

/**
 * Order and place of the newest rows, latest first: of each key when `perKey`. Only keys and times are read for it;
 * the columns of the few rows that are wanted are fetched by place.
 */
function newestPlaces(
  scope: Omit<HistoryScan, 'columns' | 'extras'>,
  perKey: boolean,
  limit: number | null,
): string {
  const { schema } = scope.history
  const scan = scanHistory({
    ...scope,
    columns: schema.keys,
    extras: { __order: orderExpression(schema) },
  })
  const keys = schema.keys.map(({ name }) => identifier(name)).join(', ')
  const newest = `SELECT max(__order) AS __order FROM (${scan})${keys ? ` GROUP BY ${keys}` : ''}`
  const limited = limit === null ? '' : ` ORDER BY __order DESC LIMIT ${limit}`
  return `SELECT __order, ${placeOf('__order')} AS __place FROM (${perKey ? newest : scan})${limited}`
}

/** See OfflineStore.rows. */
export async function historyRows(request: HistoryRowsRequest, signal?: AbortSignal): Promise<HistoryRow[]> {
  const { history, key, limit } = request
  const { schema } = history
  const columns = storedColumns(schema)
  const where = (key ?? []).map((value, index) => {
    const column = schema.keys[index]
    return column ? `${identifier(column.name)} = ${literal(column.type, value)}` : 'FALSE'
  })
  const extras = {
    ...commitExtras(history),
    [rowColumn]: rowColumn,
    __deleted: `${operationColumn} = 'delete'`,
    __place: placeExpression,
  }
  const system: Column[] = [...systemTypes, { name: '__deleted', type: { kind: 'bool' } }]
  const all = [...columns, ...system]
  const sql =
    `SELECT ${all.map(({ name }) => `h.${identifier(name)}`).join(', ')} FROM ` +
    `(${scanHistory({ history, columns, extras, where })}) h JOIN ` +
    `(${newestPlaces({ history, where }, request.latest, limit)}) w ON h.__place = w.__place ORDER BY w.__order DESC`
  const rows: HistoryRow[] = []
  for await (const cells of fragmentRows(sql, all, signal)) rows.push(historyRow(schema, cells))
  return rows
}

function historyRow(schema: HistorySchema, cells: string[]): HistoryRow {
  const count = schema.keys.length
  const [created, commit, row, deleted] = cells.slice(-4)
  const isDeleted = deleted === 'true'
  return {
    eventTime: unquoted(cells[count]),
    created: unquoted(created),
    commit: unquoted(commit),
    row: Number(row),
    deleted: isDeleted,
    keys: cells.slice(0, count),
    features: cells.slice(count + 1, -4).map((fragment) => (isDeleted ? null : fragment)),
  }
}

/** Times and ids have nothing to unescape. */
export const unquoted = (fragment = ''): string => fragment.slice(1, -1)

export async function* fragmentRows(
  sql: string,
  columns: Column[],
  signal?: AbortSignal,
): AsyncGenerator<string[]> {
  const result = {
    kind: 'encode' as const,
    sql,
    columns: encoded(columns),
    format: 'fragments' as const,
    int64AsString: false,
  }
  const answer = await runInEngine({ statements: [], result }, signal)
  for await (const line of linesOf(answer)) yield line.split('\x1f')
}

const batchRows = 2_000

/** See OfflineStore.latestPerKey. */
export async function* latestPerKey(
  path: string,
  schema: HistorySchema,
  signal?: AbortSignal,
): AsyncGenerator<LatestRow[]> {
  const history = { schema, files: [{ path: absolute(path), commit: '', createdMicros: 0n }] }
  const all = scanHistory({
    history,
    columns: storedColumns(schema),
    extras: { __place: placeExpression, __deleted: `${operationColumn} = 'delete'` },
  })
  const columns: Column[] = [...storedColumns(schema), { name: '__deleted', type: { kind: 'bool' } }]
  const names = columns.map(({ name }) => `h.${identifier(name)}`).join(', ')
  const sql = `SELECT ${names} FROM (${all}) h JOIN (${newestPlaces({ history }, true, null)}) w ON h.__place = w.__place`
  let batch: LatestRow[] = []
  for await (const cells of fragmentRows(sql, columns, signal)) {
    batch.push(latestRow(schema, cells))
    if (batch.length < batchRows) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

export function latestRow(schema: HistorySchema, cells: string[]): LatestRow {
  const count = schema.keys.length
  const deleted = cells.at(-1) === 'true'
  return {
    entityKey: cells.slice(0, count).join('\x1f'),
    eventTime: unquoted(cells[count]),
    deleted,
    values: deleted ? null : cells.slice(count + 1, -1).join('\x1f'),
  }
}
