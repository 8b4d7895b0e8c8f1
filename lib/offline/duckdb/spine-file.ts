import type { FieldError } from '@/lib/core/errors'
import { engineType, type FeatureType } from '@/lib/core/feature-type'
import { queryRows } from '../engine-client'
import type { Column, SpineFile } from '../port'
import { convertSource } from './convert-source'
import { openSource, type Source, sourceRow, unreadable } from './source'
import type { SourceType } from './source-type'
import {
  type DuckDbSpine,
  mostErrors,
  refusal,
  requireColumns,
  rowName,
  timestampType,
} from './spine-columns'
import { identifier, text } from './sql'
import { reasonOf } from './write-plan'

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
    const { rows, latestMicros } = await checkFile(source, file, columns, signal)
    const selected = columns.map(({ column, value }) => `${value} AS ${identifier(column.name)}`)
    return {
      path: file.path,
      format: file.format,
      columns: columns.map(({ column }) => column),
      timestampColumn: file.timestampColumn,
      rows,
      latestMicros,
      relation: `SELECT ${selected.join(', ')} FROM (${source.relation}) ORDER BY ${sourceRow}`,
      numbered: `SELECT ${sourceRow} AS ${rowName}, ${selected.join(', ')} FROM (${source.relation})`,
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
    const isExtra = name !== file.timestampColumn && !file.keys.some((key) => key.name === name)
    const kept = isExtra && type.kind === 'string' ? keptText(from, sql) : isSame ? sql : null
    const { value, fault } = kept === null ? convertSource(from, type, sql) : { value: kept, fault: 'NULL' }
    const required = `CASE WHEN ${sql} IS NULL THEN 'required' END`
    return {
      column: { name, type },
      value,
      fault: name === file.timestampColumn ? `coalesce(${required}, ${fault})` : fault,
      raw: `CAST(${sql} AS VARCHAR)`,
    }
  })
}

/** An extra column that no type holds as it is goes back as its text. */
function keptText({ kind }: SourceType, sql: string): string | null {
  if (kind === 'timestamp_ns') return `replace(CAST(${sql} AS VARCHAR), ' ', 'T') || 'Z'`
  return kind === 'other' ? `CAST(${sql} AS VARCHAR)` : null
}

const extraKinds: Partial<Record<SourceType['kind'], FeatureType>> = {
  bool: { kind: 'bool' },
  float: { kind: 'float64' },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp' },
  timestamp_ns: { kind: 'timestamp' },
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
    else types.set(name, extraKinds[type.kind] ?? { kind: 'string' })
  }
  for (const name of await finerThanMicros(source, types, file, signal)) types.set(name, { kind: 'string' })
  const inferred = await textTypes(source, texts, signal)
  for (const [name, type] of inferred) types.set(name, type)
  return types
}

/** Extra columns of instants that do not fit a microsecond. */
async function finerThanMicros(
  source: Source,
  types: ReadonlyMap<string, FeatureType>,
  file: SpineFile,
  signal?: AbortSignal,
): Promise<string[]> {
  const own = new Set([file.timestampColumn, ...file.keys.map(({ name }) => name)])
  const columns = source.columns.filter(
    ({ name, type }) => type.kind === 'timestamp_ns' && types.has(name) && !own.has(name),
  )
  if (columns.length === 0) return []
  const tests = columns.map(({ sql }) => `count(*) FILTER (epoch_ns(${sql}) % 1000 <> 0)`)
  const [row = []] = await queryRows(
    `SELECT ${tests.join(', ')} FROM (${source.relation})`,
    [],
    signal,
    'read',
  )
  return columns.flatMap(({ name }, i) => (Number(row[i]) > 0 ? [name] : []))
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

/** 007, 1.0 and +1 are no whole numbers here: a column that goes back to its sender keeps its zeros and its digits. */
const spelling: Partial<Record<FeatureType['kind'], string>> = {
  int64: '-?(0|[1-9][0-9]*)',
  float64: '-?(0|[1-9][0-9]*)([.][0-9]*)?([eE][+-]?[0-9]+)?|(?i)(nan|[+-]?inf(inity)?)',
}

/** A double holds every number of this many digits, and more of them only when it prints them again. */
const safeDigits = 15

function misfitOf(type: FeatureType, from: SourceType, sql: string): string {
  const { value, fault } = convertSource(from, type, sql)
  const raw = from.kind === 'json' ? `(${sql} ->> '$')` : sql
  const pattern = spelling[type.kind]
  const others = [`(${fault}) IS NOT NULL`]
  if (from.kind === 'json') others.push(`json_type(${sql}) = 'VARCHAR'`)
  if (pattern) others.push(`NOT regexp_full_match(${raw}, ${text(pattern)})`)
  if (type.kind === 'float64') {
    const digits = `length(regexp_replace(${raw}, '[eE].*|^-?0*[.]?0*|[^0-9]', '', 'g'))`
    others.push(`(${digits} > ${safeDigits} AND CAST(${value} AS VARCHAR) <> ${raw})`)
  }
  return `count(*) FILTER (${others.join(' OR ')})`
}

/** The narrowest of bool, int64 and float64 that holds every text of a column as it is; else the text itself. */
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
    const misfits = candidates.map((type) => misfitOf(type, column.type, column.sql))
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

/** Refuses the rows that do not convert; returns how many there are, and the latest time among them. */
async function checkFile(
  source: Source,
  file: SpineFile,
  columns: SpineColumn[],
  signal?: AbortSignal,
): Promise<{ rows: number; latestMicros: bigint | null }> {
  const checked = columns.filter(({ fault }) => fault !== 'NULL')
  const bad = checked.map(({ fault }) => `(${fault}) IS NOT NULL`).join(' OR ') || 'FALSE'
  const time = columns.find(({ column }) => column.name === file.timestampColumn)?.value ?? 'NULL::TIMESTAMP'
  const [counts = []] = await queryRows(
    `SELECT count(*), count(*) FILTER (${bad}), epoch_us(max(CASE WHEN NOT (${bad}) THEN ${time} END)) FROM (${source.relation})`,
    [],
    signal,
    'read',
  )
  if (Number(counts[1]) === 0) {
    const latest = counts[2]
    const isNumber = typeof latest === 'number' || typeof latest === 'bigint'
    return { rows: Number(counts[0]), latestMicros: isNumber ? BigInt(latest) : null }
  }
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
