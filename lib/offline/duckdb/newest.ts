import type { Column, History, KeySlice, NewestRequest, NewestRow } from '../port'
import { operationColumn } from '../staged'
import {
  createdMicros,
  orderExpression,
  placeExpression,
  placeOf,
  scanHistory,
  storedColumns,
} from './history'
import { fragmentRows, latestRow, unquoted } from './read'
import { identifier, timestamp } from './sql'

const batchRows = 2_000

const keyNames = ({ schema }: History): string[] => schema.keys.map(({ name }) => identifier(name))

/** Divides keys evenly; a group without a key has all of its rows in the first part. */
function inSlice(history: History, slice: KeySlice | undefined): string[] {
  if (!slice) return []
  const keys = keyNames(history)
  if (keys.length === 0) return [slice.index === 0 ? 'TRUE' : 'FALSE']
  return [`hash(${keys.join(', ')}) % ${slice.of} = ${slice.index}`]
}

/** Order and place of the newest row of each key, by keys and times alone. */
function newestPlaces({
  history,
  fromMicros,
  untilMicros,
  keysOf,
  keysBetween,
  slice,
}: NewestRequest): string {
  const { schema } = history
  const time = identifier(schema.eventTime)
  const keys = keyNames(history)
  const scan = scanHistory({
    history,
    columns: schema.keys,
    extras: { __order: orderExpression(schema) },
    to: timestamp(untilMicros),
    where: [
      ...(fromMicros === null ? [] : [`${time} > ${timestamp(fromMicros)}`]),
      ...inSlice(history, slice),
    ],
  })
  const asked =
    keysOf && keys.length > 0
      ? ` SEMI JOIN (${keysQuery(keysOf, slice, keysBetween)}) USING (${keys.join(', ')})`
      : ''
  const grouped = keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''
  const newest = `SELECT max(__order) AS __order FROM (${scan})${asked}${grouped}`
  return `SELECT ${placeOf('__order')} AS __place FROM (${newest}) WHERE __order IS NOT NULL`
}

function keysQuery(
  history: History,
  slice: KeySlice | undefined,
  between?: NewestRequest['keysBetween'],
): string {
  const time = identifier(history.schema.eventTime)
  const inTimes = between
    ? [`${time} > ${timestamp(between.afterMicros)}`, `${time} <= ${timestamp(between.untilMicros)}`]
    : []
  const where = [...inSlice(history, slice), ...inTimes]
  const scan = scanHistory({ history, columns: history.schema.keys, where })
  return `SELECT DISTINCT ${keyNames(history).join(', ')} FROM (${scan})`
}

/** See OfflineStore.newestPerKey. */
export async function* newestPerKey(
  request: NewestRequest,
  signal?: AbortSignal,
): AsyncGenerator<NewestRow[]> {
  const { history } = request
  const { schema } = history
  const all = scanHistory({
    history,
    columns: storedColumns(schema),
    extras: {
      __place: placeExpression,
      __created: `make_timestamp(${createdMicros(history)})`,
      __deleted: `${operationColumn} = 'delete'`,
    },
  })
  const columns: Column[] = [
    { name: '__created', type: { kind: 'timestamp' } },
    ...storedColumns(schema),
    { name: '__deleted', type: { kind: 'bool' } },
  ]
  const names = columns.map(({ name }) => `h.${identifier(name)}`).join(', ')
  const sql = `SELECT ${names} FROM (${all}) h JOIN (${newestPlaces(request)}) w ON h.__place = w.__place`
  let batch: NewestRow[] = []
  for await (const [created, ...cells] of fragmentRows(sql, columns, signal)) {
    batch.push({ ...latestRow(schema, cells), created: unquoted(created) })
    if (batch.length < batchRows) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** See OfflineStore.entityKeys. */
export async function entityKeys(
  history: History,
  slice?: KeySlice,
  signal?: AbortSignal,
): Promise<string[]> {
  const { schema } = history
  if (schema.keys.length === 0) return slice && slice.index > 0 ? [] : ['']
  const keys: string[] = []
  const rows = fragmentRows(keysQuery(history, slice), schema.keys, signal)
  for await (const cells of rows) keys.push(cells.join('\x1f'))
  return keys
}
