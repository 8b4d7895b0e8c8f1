import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type FieldError, invalid } from '@/lib/core/errors'
import {
  convertJson,
  convertKey,
  engineType,
  type FeatureType,
  inferJsonColumnType,
  toEngineText,
} from '@/lib/core/feature-type'
import { stringifyJson } from '@/lib/core/json'
import { isStorableText } from '@/lib/core/text'
import { queryRows } from '../engine-client'
import type { Column, Spine, SpineFile, SpineRows } from '../port'
import { stagedRow } from '../staged'
import { convertSource } from './convert-source'
import { stagingPath } from './select-source'
import { openSource, type Source, sourceRow, unreadable } from './source'
import type { SourceType } from './source-type'
import { castFromText, identifier, stagedFile, text } from './sql'
import { reasonOf } from './write-plan'

/** A spine with the SELECT of its typed columns and of its rows' numbers as `__almanac_row`. */
export interface DuckDbSpine extends Spine {
  relation: string
}

const mostErrors = 100

const timestampType: FeatureType = { kind: 'timestamp' }

const rowError = (row: number, column: string, rule: string, reason: string, value: unknown): FieldError => ({
  pointer: `/spine/rows/${row}/${column}`,
  reason,
  code: rule,
  row: row + 1,
  column,
  rule,
  ...(value === undefined ? {} : { value: stringifyJson(value).slice(0, 200) }),
})

/** See OfflineStore.stageSpine. */
export async function stageSpine(spine: SpineRows): Promise<DuckDbSpine> {
  const columns = columnsOfRows(spine)
  const path = await stagingPath('csv')
  try {
    await pipeline(Readable.from(stagedLines(spine, columns)), createWriteStream(path))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  const casts = columns.map(
    ({ name, type }) => `${castFromText(type, identifier(name))} AS ${identifier(name)}`,
  )
  // A file of one null column would be a file of empty lines, so every line ends in a cell of its own.
  const read = stagedFile(path, [...columns.map(({ name }) => name), lineEnd])
  return {
    path,
    format: 'csv',
    columns,
    timestampColumn: spine.timestampColumn,
    rows: spine.rows.length,
    relation: `SELECT row_number() OVER () AS ${rowName}, ${casts.join(', ')} FROM ${read}`,
    dispose: () => rm(path, { force: true }),
  }
}

const lineEnd = '__almanac_end'
const rowName = '__almanac_row'
/** Names that a spine's columns would meet on their way through the engine. */
const ownNames = new Set([lineEnd, rowName])

/** Names in the order of their first appearance; an empty spine has the timestamp and the keys. */
function columnsOfRows({ rows, timestampColumn, keys }: SpineRows): Column[] {
  const names = new Set<string>()
  for (const row of rows) for (const name of Object.keys(row)) names.add(name)
  if (rows.length === 0) for (const { name } of [...keys, { name: timestampColumn }]) names.add(name)
  const keyTypes = new Map(keys.map(({ name, type }) => [name, type]))
  requireColumns([...names], timestampColumn, keys)
  return [...names].map((name) => {
    if (name === timestampColumn) return { name, type: timestampType }
    const type = keyTypes.get(name)
    return { name, type: type ?? inferJsonColumnType(rows.map((row) => row[name])) }
  })
}

/** A missing key or timestamp column is named before anything is read. */
function requireColumns(present: string[], timestampColumn: string, keys: Column[]): void {
  const lower = new Map<string, string>()
  for (const name of present) {
    if (name === '' || !isStorableText(name) || ownNames.has(name.toLowerCase())) {
      throw invalid(`The spine has a column named ${stringifyJson(name)}, which no column can be called.`, [
        { pointer: '/spine', reason: 'This name cannot be used', code: 'name', column: name },
      ])
    }
    const other = lower.get(name.toLowerCase())
    if (other !== undefined)
      throw invalid(`The spine has columns that differ only in case: \`${other}\`, \`${name}\`.`)
    lower.set(name.toLowerCase(), name)
  }
  const wanted = [timestampColumn, ...keys.map(({ name }) => name)]
  const missing = [...new Set(wanted)].filter((name) => !present.includes(name))
  if (missing.length === 0) return
  throw invalid(
    `The spine lacks ${missing.map((name) => `\`${name}\``).join(', ')}.`,
    missing.map((name) => ({
      pointer: '/spine',
      reason: `The spine has no column \`${name}\`, which is ${name === timestampColumn ? 'its timestamp' : 'a key'}`,
      code: 'required',
      column: name,
    })),
  )
}

function* stagedLines({ rows, timestampColumn, keys }: SpineRows, columns: Column[]): Generator<string> {
  const isKey = new Set(keys.map(({ name }) => name))
  const errors: FieldError[] = []
  for (const [index, row] of rows.entries()) {
    const cells = columns.map(({ name, type }) => {
      const value = Object.hasOwn(row, name) ? row[name] : null
      const result = isKey.has(name) ? convertKey(type, value) : convertJson(type, value)
      if (!result.ok) {
        errors.push(rowError(index, name, result.rule, result.reason, value))
        return null
      }
      if (name === timestampColumn && result.value === null) {
        errors.push(
          rowError(index, name, 'required', `The timestamp \`${name}\` is null or missing`, undefined),
        )
      }
      return toEngineText(type, result.value)
    })
    if (errors.length >= mostErrors) break
    if (errors.length === 0) yield stagedRow([...cells, '.'])
  }
  if (errors.length > 0) throw refusal(errors)
}

const refusal = (errors: FieldError[]) =>
  invalid(
    `The spine was refused: row ${errors[0]?.row}, column \`${errors[0]?.column}\`: ${errors[0]?.reason}.`,
    errors,
  )

/** See OfflineStore.openSpine. */
export async function openSpine(file: SpineFile, signal?: AbortSignal): Promise<DuckDbSpine> {
  const source = await openSource(file.path, file.format, signal)
  requireColumns(
    source.columns.map(({ name }) => name),
    file.timestampColumn,
    file.keys,
  )
  try {
    const types = await extraTypes(source, file, signal)
    const columns = spineColumns(source, file, types)
    const rows = await checkFile(source, file, columns, signal)
    const selected = columns.map(({ column, value }) => `${value} AS ${identifier(column.name)}`)
    return {
      path: file.path,
      format: file.format,
      columns: columns.map(({ column }) => column),
      timestampColumn: file.timestampColumn,
      rows,
      relation: `SELECT ${sourceRow} AS ${rowName}, ${selected.join(', ')} FROM (${source.relation})`,
      dispose: async () => {},
    }
  } catch (error) {
    throw unreadable(error, file.format)
  }
}

interface SpineColumn {
  column: Column
  value: string
  fault: string
  raw: string
}

/** Columns of these types hold nothing that a feature of the same type does not. */
const plainTypes = new Set(['BOOLEAN', 'INTEGER', 'BIGINT', 'DOUBLE'])

function spineColumns(source: Source, file: SpineFile, types: Map<string, FeatureType>): SpineColumn[] {
  return source.columns.map(({ name, type: from, typeName, sql }) => {
    const type = types.get(name) ?? { kind: 'string' }
    const isSame = plainTypes.has(typeName) && engineType(type) === typeName
    const { value, fault } = isSame ? { value: sql, fault: 'NULL' } : convertSource(from, type, sql)
    const required = `CASE WHEN ${sql} IS NULL THEN 'required' END`
    return {
      column: { name, type },
      value,
      fault: name === file.timestampColumn ? `coalesce(${required}, ${fault})` : fault,
      raw: `CAST(${sql} AS VARCHAR)`,
    }
  })
}

const kept: Partial<Record<SourceType['kind'], FeatureType>> = {
  bool: { kind: 'bool' },
  float: { kind: 'float64' },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp' },
  timestamp_tz: { kind: 'timestamp' },
  blob: { kind: 'bytes' },
  struct: { kind: 'json' },
  list: { kind: 'json' },
}

/** Keys and time have their types; every other column keeps what the file says, a text column what its texts say. */
async function extraTypes(
  source: Source,
  file: SpineFile,
  signal?: AbortSignal,
): Promise<Map<string, FeatureType>> {
  const types = new Map<string, FeatureType>([[file.timestampColumn, timestampType]])
  for (const { name, type } of file.keys) types.set(name, type)
  const texts: string[] = []
  for (const { name, type, typeName } of source.columns) {
    if (types.has(name)) continue
    if (type.kind === 'integer') types.set(name, integerType(typeName))
    else if (typeName === 'FLOAT') types.set(name, { kind: 'float32' })
    else if (type.kind === 'decimal') types.set(name, decimalType(type.name))
    else if ((type.kind === 'text' && file.format === 'csv') || type.kind === 'json') texts.push(name)
    else types.set(name, kept[type.kind] ?? { kind: 'string' })
  }
  const inferred = await textTypes(source, texts, signal)
  for (const [name, type] of inferred) types.set(name, type)
  return types
}

const integerType = (typeName: string): FeatureType =>
  /^(BIGINT|UINTEGER)$/.test(typeName)
    ? { kind: 'int64' }
    : /HUGEINT|UBIGINT/.test(typeName)
      ? { kind: 'decimal', precision: 38, scale: 0 }
      : { kind: 'int32' }

function decimalType(name: string): FeatureType {
  const [, precision, scale] = /\((\d+),(\d+)\)/.exec(name) ?? []
  return { kind: 'decimal', precision: Number(precision), scale: Number(scale) }
}

const candidates: FeatureType[] = [{ kind: 'bool' }, { kind: 'int64' }, { kind: 'float64' }]

/** The narrowest of bool, int64 and float64 that every text of a column converts to; else the text itself. */
async function textTypes(
  source: Source,
  columns: string[],
  signal?: AbortSignal,
): Promise<Map<string, FeatureType>> {
  const types = new Map<string, FeatureType>()
  if (columns.length === 0) return types
  const tests = columns.flatMap((name) => {
    const column = source.columns.find((one) => one.name === name)
    if (!column) return []
    const misfits = candidates.map((type) => `count(${convertSource(column.type, type, column.sql).fault})`)
    const objects =
      column.type.kind === 'json'
        ? `count(*) FILTER (json_type(${column.sql}) NOT IN ('VARCHAR', 'NULL'))`
        : '0'
    return [`count(${column.sql})`, ...misfits, objects]
  })
  const [row = []] = await queryRows(
    `SELECT ${tests.join(', ')} FROM (${source.relation})`,
    [],
    signal,
    'read',
  )
  for (const [index, name] of columns.entries()) {
    const [present, ...counts] = row.slice(index * 5, index * 5 + 5).map(Number)
    const fit = present === 0 ? -1 : counts.slice(0, 3).indexOf(0)
    types.set(name, candidates[fit] ?? { kind: counts[3] === 0 ? 'string' : 'json' })
  }
  return types
}

/** Refuses the rows that do not convert; returns how many there are. */
async function checkFile(
  source: Source,
  file: SpineFile,
  columns: SpineColumn[],
  signal?: AbortSignal,
): Promise<number> {
  const checked = columns.filter(({ fault }) => fault !== 'NULL')
  const bad = checked.map(({ fault }) => `(${fault}) IS NOT NULL`).join(' OR ') || 'FALSE'
  const [counts = []] = await queryRows(
    `SELECT count(*), count(*) FILTER (${bad}) FROM (${source.relation})`,
    [],
    signal,
    'read',
  )
  if (Number(counts[1]) === 0) return Number(counts[0])
  const structs = checked.map(
    ({ column, fault, raw }) => `{'c': ${text(column.name)}, 'v': ${raw}, 'r': ${fault}}`,
  )
  const found = `unnest(list_filter([${structs.join(', ')}], lambda __fault: struct_extract(__fault, 'r') IS NOT NULL)) AS f`
  const rows = await queryRows(
    `SELECT ${sourceRow}, f.c, f.v, f.r FROM (SELECT ${sourceRow}, ${found} FROM (${source.relation}) WHERE ${bad}) ` +
      `ORDER BY ${sourceRow} LIMIT ${mostErrors}`,
    [],
    signal,
    'read',
  )
  throw refusal(rows.map(([row, name, raw, rule]) => fileError(columns, file, row, name, raw, rule)))
}

function fileError(columns: SpineColumn[], file: SpineFile, ...cells: unknown[]): FieldError {
  const [row, name, raw, rule] = cells
  const column = columns.find((one) => one.column.name === name)?.column ?? null
  const value = raw === null ? null : String(raw)
  const reason =
    name === file.timestampColumn && rule === 'required'
      ? `The timestamp \`${String(name)}\` is null`
      : reasonOf(String(rule), column, value)
  return {
    pointer: `/spine/rows/${Number(row) - 1}/${String(name)}`,
    reason,
    code: String(rule),
    rule: String(rule),
    row: Number(row),
    column: String(name),
    ...(value === null ? {} : { value }),
  }
}
