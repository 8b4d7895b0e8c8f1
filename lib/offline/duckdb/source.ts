import { DomainError, invalid } from '@/lib/core/errors'
import { isStorableText } from '@/lib/core/text'
import { EngineError, queryRows } from '../engine-client'
import type { FileFormat, RowSpan, StagedColumn } from '../port'
import { rowColumn } from '../staged'
import { csvHeader } from './csv-header'
import { refuseLongDecimals } from './parquet-decimals'
import { type SourceType, sourceType } from './source-type'
import { identifier, list, stagedFile, text } from './sql'

export interface SourceColumn {
  /** As the file calls it. */
  name: string
  type: SourceType
  typeName: string
  /** SQL of its value within `relation`. */
  sql: string
}

/** A user's file as a relation: columns under their own names beside `__source_row`, the row's number from 1. */
export interface Source {
  relation: string
  columns: SourceColumn[]
}

export const sourceRow = '__source_row'

const csvOptions = [
  'auto_detect = false',
  'header = true',
  "delim = ','",
  `quote = '"'`,
  `escape = '"'`,
  "nullstr = ''",
  'allow_quoted_nulls = false',
  'null_padding = false',
  'strict_mode = true',
  'max_line_size = 16777216',
  'buffer_size = 33554432',
].join(', ')

const jsonOptions = "format = 'newline_delimited', maximum_object_size = 16777216"

const numbered = 'SELECT *, row_number() OVER () AS __source_row'

const allOf = (columns: string[], type: string) =>
  `{${columns.map((name) => `${text(name)}: '${type}'`).join(', ')}}`

/** The engine then reads those row groups alone. */
const spanOf = (rows?: RowSpan) =>
  rows ? ` WHERE file_row_number BETWEEN ${rows.first - 1} AND ${rows.last - 1}` : ''

/** The name that the row's number has here must not be one of the file's own. */
function relationOf(path: string, format: FileFormat, named: string[], rows?: RowSpan): string {
  const file = text(path)
  switch (format) {
    case 'parquet':
      return `SELECT *, file_row_number + 1 AS ${sourceRow} FROM read_parquet(${file})${spanOf(rows)}`
    case 'csv':
      return `${numbered} FROM read_csv(${file}, ${csvOptions}, columns = ${allOf(named, 'VARCHAR')})`
    case 'ndjson':
      return `${numbered} FROM read_json(${file}, columns = ${allOf(named, 'JSON')}, ${jsonOptions})`
  }
}

/** Opens a user's file: its columns and their types. Throws `not_parseable` when it is no such file. */
export async function openSource(
  path: string,
  format: FileFormat,
  signal?: AbortSignal,
  rows?: RowSpan,
): Promise<Source> {
  try {
    const named = await namesOf(path, format, signal)
    checkNames(named)
    if (format === 'parquet') await refuseLongDecimals(path, signal)
    const relation = relationOf(path, format, named, rows)
    const described = await queryRows(
      `SELECT column_name, column_type FROM (DESCRIBE ${relation})`,
      [],
      signal,
    )
    const columns = described
      .map(([name, typeName]) => ({ name: String(name), typeName: String(typeName) }))
      .filter(({ name }) => name !== sourceRow)
      .map(({ name, typeName }) => ({ name, typeName, type: sourceType(typeName), sql: identifier(name) }))
    checkNames(columns.map(({ name }) => name))
    return { relation, columns }
  } catch (error) {
    throw unreadable(error, format)
  }
}

/** A staged body as a relation; `columns` are those of its file, in their order. */
export function cellsSource(path: string, columns: readonly StagedColumn[]): Source {
  const own = columns.map((name, index) => ({ name, sql: `c${index}` }))
  const declared = own.flatMap(({ name, sql }) =>
    name === null || name === rowColumn ? [] : [{ name, sql }],
  )
  const row = own.find(({ name }) => name === rowColumn)
  if (!row) throw new TypeError('A staged body numbers its rows')
  const named = declared.map(({ name, sql }) => `${sql} AS ${identifier(name)}`)
  const file = stagedFile(
    path,
    own.map(({ sql }) => sql),
  )
  return {
    relation: `SELECT ${[...named, `CAST(${row.sql} AS BIGINT) AS ${sourceRow}`].join(', ')} FROM ${file}`,
    columns: declared.map(({ name }) => ({
      name,
      typeName: 'VARCHAR',
      type: { kind: 'cell' },
      sql: identifier(name),
    })),
  }
}

/** Parquet names its columns itself. */
async function namesOf(path: string, format: FileFormat, signal?: AbortSignal): Promise<string[]> {
  if (format === 'parquet') return []
  return format === 'csv' ? csvHeader(path) : ndjsonColumns(path, signal)
}

/** See OfflineStore.rowsOfParquet. */
export async function rowsOfParquet(path: string, signal?: AbortSignal): Promise<number> {
  try {
    const [row] = await queryRows(`SELECT num_rows FROM parquet_file_metadata(${text(path)})`, [], signal)
    return Number(row?.[0] ?? 0)
  } catch (error) {
    throw unreadable(error, 'parquet')
  }
}

/** Members in the order of their first appearance. */
async function ndjsonColumns(path: string, signal?: AbortSignal): Promise<string[]> {
  const objects = `read_json_objects(${text(path)}, ${jsonOptions})`
  const keys = `SELECT row_number() OVER () AS r, json_keys(json) AS k FROM ${objects}`
  const named = `SELECT r, unnest(k) AS name, generate_subscripts(k, 1) AS i FROM (${keys})`
  const rows = await queryRows(`SELECT name FROM (${named}) GROUP BY name ORDER BY min((r, i))`, [], signal)
  if (rows.length === 0) throw invalid('The NDJSON file holds no object, so that it has no columns.')
  return rows.map(([name]) => String(name))
}

/** The engine does not tell upper from lower case in names. */
function checkNames(names: string[]): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    if (name === '' || name === sourceRow || !isStorableText(name))
      throw invalid(`The file has a column named ${JSON.stringify(name)}, which no column can be called.`)
    const other = seen.get(name.toLowerCase())
    if (other !== undefined) {
      throw invalid(
        other === name
          ? `The file has two columns named \`${name}\`.`
          : `The file has two columns that differ only in case: \`${other}\` and \`${name}\`.`,
      )
    }
    seen.set(name.toLowerCase(), name)
  }
}

const formatNames = { parquet: 'Parquet', csv: 'CSV', ndjson: 'NDJSON' }

/** What the engine says of a broken file, without the path by which it knows it. */
export function unreadable(error: unknown, format: FileFormat): unknown {
  if (!(error instanceof EngineError) || error.kind === 'interrupted') return error
  const said = error.message
    .split('\n')
    .slice(0, 2)
    .join(' ')
    .replace(/"?[^\s"']*\/staging\/[^\s"']*"?/g, 'the file')
    .replace(/^[A-Za-z ]+ Error: /, '')
    // The engine's JSON reader has moved on to the next line when it counts, and advises on its own options.
    .replace(/(Malformed JSON .* in line )(\d+)/, (_, before, line) => `${before}${Number(line) - 1}`)
    .replace(/ Try auto-detecting the JSON.*/, '')
  return new DomainError(
    'not_parseable',
    `The file cannot be read as ${formatNames[format]}: ${said}`,
    {},
    { cause: error },
  )
}

/** Columns by name, for messages. */
export const names = (columns: readonly { name: string }[]): string =>
  list(columns.map(({ name }) => `\`${name}\``)).slice(1, -1)
