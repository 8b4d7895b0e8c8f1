import { convertText, type FeatureType, toJsonValue } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { queryRows } from '../engine-client'
import type { Column, RawRowsRequest, WriteSchema } from '../port'
import { operationColumn, rowColumn, stagedColumns } from '../staged'
import { absolute } from './history'
import { jsonOfValue } from './json-text'
import { withNames } from './renamed-source'
import { openSource, type SourceColumn, sourceRow, unreadable } from './source'
import type { SourceType } from './source-type'
import { identifier, list, stagedFile } from './sql'

const instant = (x: string) => `to_json(strftime(${x}, '%Y-%m-%dT%H:%M:%S.%fZ'))`

const elementOf = (type: FeatureType): FeatureType | null =>
  type.kind === 'array' ? type.element : type.kind === 'embedding' ? { kind: 'float32' } : null

/** Whether the value leaves the engine as a text of the declared type; see `keptValue`. */
const isTextOf = (type: SourceType, declared: FeatureType | null): boolean =>
  type.kind === 'text' || (declared?.kind === 'json' && type.kind !== 'json')

/** SQL of a value as the JSON that means the same to the codec; what has none becomes its text. */
function jsonOf(type: SourceType, x: string, declared: FeatureType | null, depth = 0): string {
  const item = `__j${depth}`
  if (type.kind !== 'text' && isTextOf(type, declared)) return `to_json(${jsonOfValue(x)})`
  switch (type.kind) {
    case 'bool':
    case 'text':
    case 'json':
    case 'integer':
      return `to_json(${x})`
    case 'float': {
      const special = `CASE WHEN isnan(${x}) THEN 'NaN' WHEN ${x} > 0 THEN 'Infinity' ELSE '-Infinity' END`
      return `CASE WHEN isfinite(${x}) THEN to_json(${x}) WHEN ${x} IS NOT NULL THEN to_json(${special}) END`
    }
    case 'blob':
      return `to_json(to_base64(${x}))`
    case 'timestamp':
      return instant(x)
    case 'timestamp_tz':
      return instant(`timezone('UTC', ${x})`)
    case 'list':
      return `to_json(list_transform(${x}, lambda ${item}: ${jsonOf(type.element, item, declared && elementOf(declared), depth + 1)}))`
    default:
      return `to_json(CAST(${x} AS VARCHAR))`
  }
}

const columnJson = ({ type, typeName, sql }: SourceColumn, declared: FeatureType | null): string =>
  // As JSON numbers these would be rounded to doubles.
  typeName.includes('HUGEINT') && declared?.kind !== 'json'
    ? `to_json(CAST(${sql} AS VARCHAR))`
    : jsonOf(type, sql, declared)

/** Types whose texts only a file may send: a row that is replayed is JSON. */
const textOnly: ReadonlySet<string> = new Set(['bool', 'json', 'array', 'embedding'])

/** A text as the JSON value that means the same; what does not convert stays as it is. */
function keptValue(source: SourceType, declared: FeatureType | null, value: unknown): unknown {
  if (declared === null) return value
  if (source.kind === 'list' && Array.isArray(value))
    return value.map((item) => keptValue(source.element, elementOf(declared), item))
  if (typeof value !== 'string' || !textOnly.has(declared.kind) || !isTextOf(source, declared)) return value
  const converted = convertText(declared, value)
  return converted.ok ? toJsonValue(declared, converted.value) : value
}

const rowsOf = async (
  sql: string,
  request: RawRowsRequest,
  row: string,
  signal?: AbortSignal,
): Promise<[number, unknown[]][]> => {
  const wanted = `SELECT ${row}, CAST(cells AS VARCHAR) FROM (${sql}) WHERE ${row} IN (${request.rows.join(', ')})`
  const found = await queryRows(wanted, [], signal)
  return found.map(([number, cells]) => {
    const parsed = parseJson(String(cells))
    return [Number(number), Array.isArray(parsed) ? parsed : []]
  })
}

const declaredTypes = (schema: WriteSchema): Map<string, FeatureType> =>
  new Map(
    [...schema.keys, ...schema.features, ...schema.inputs].map(({ name, type }: Column) => [name, type]),
  )

/** A staged cell is the text that `toEngineText` gave it; a list is JSON of such texts. */
function stagedValue(type: FeatureType | undefined, cell: unknown): unknown {
  const element = type ? elementOf(type) : null
  const value = element && typeof cell === 'string' ? parseJson(cell) : cell
  if (element && Array.isArray(value)) return value.map((item) => stagedValue(element, item))
  if (!type || typeof value !== 'string') return value
  const converted = convertText(type, value)
  return converted.ok ? toJsonValue(type, converted.value) : value
}

async function stagedRows(path: string, request: RawRowsRequest, signal?: AbortSignal) {
  const { schema } = request
  const all = stagedColumns(schema)
  const names = all.filter((name) => name !== rowColumn)
  const types = declaredTypes(schema).set(schema.eventTime, { kind: 'timestamp' })
  const cells = `to_json(${list(names.map(identifier))}) AS cells`
  const sql = `SELECT CAST(${rowColumn} AS BIGINT) AS ${rowColumn}, ${cells} FROM ${stagedFile(path, all)}`
  const rows = await rowsOf(sql, request, rowColumn, signal)
  return rows.map(([number, values]): [number, Record<string, unknown>] => [
    number,
    Object.fromEntries(
      names.flatMap((name, index) =>
        name === operationColumn && values[index] === 'upsert'
          ? []
          : [[name, stagedValue(types.get(name), values[index])]],
      ),
    ),
  ])
}

/** See OfflineStore.rawRows. */
export async function rawRows(
  request: RawRowsRequest,
  signal?: AbortSignal,
): Promise<Map<number, Record<string, unknown>>> {
  const { source, rows } = request
  if (rows.length === 0) return new Map()
  const path = absolute(source.path)
  if (source.kind === 'staged') return new Map(await stagedRows(path, request, signal))
  const file = await openSource(path, source.format, signal)
  const { relation, columns } = withNames(file, source.renamed)
  const types = declaredTypes(request.schema)
  const typed = columns.map((column) => ({ column, declared: types.get(column.name) ?? null }))
  const cells = `to_json(${list(typed.map(({ column, declared }) => columnJson(column, declared)))}) AS cells`
  try {
    const found = await rowsOf(`SELECT ${sourceRow}, ${cells} FROM (${relation})`, request, sourceRow, signal)
    return new Map(
      found.map(([number, values]) => [
        number,
        Object.fromEntries(
          typed.map(({ column, declared }, index) => [
            column.name,
            keptValue(column.type, declared, values[index] ?? null),
          ]),
        ),
      ]),
    )
  } catch (error) {
    throw unreadable(error, source.format)
  }
}
