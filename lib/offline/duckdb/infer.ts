import { rm } from 'node:fs/promises'
import { invalid } from '@/lib/core/errors'
import { type FeatureType, fittingTypes, isKeyType } from '@/lib/core/feature-type'
import { execute, queryRows } from '../engine-client'
import type { Column, FileFormat, InferredColumn, InferredFile } from '../port'
import { exactParquet } from '../protocol'
import { convertSource } from './convert-source'
import { absolute } from './history'
import { profileRelation } from './profile'
import { stagingPath } from './select-source'
import { openSource, type Source, type SourceColumn, unreadable } from './source'
import type { SourceType } from './source-type'
import { identifier, text } from './sql'

const sampleRows = 1_000
/** A group's 2,000 features, and what identifies a row. */
const mostColumns = 2_050

/** See OfflineStore.infer. */
export async function infer(path: string, format: FileFormat, signal?: AbortSignal): Promise<InferredFile> {
  const source = await openSource(absolute(path), format, signal)
  if (source.columns.length > mostColumns)
    throw invalid(`The file has ${source.columns.length} columns; at most ${mostColumns} make a group.`)
  const typedPath = await stagingPath('parquet')
  try {
    const columns = await typedColumns(source, signal)
    const relation = await typedRelation(source, columns, typedPath, signal)
    const typed = columns.map(({ column }) => column)
    const { rows, columns: profiles } = await profileRelation(relation, typed, {}, signal)
    const inferred = profiles.map(
      ({ name, type, nulls, distinct, top }): InferredColumn => ({
        name,
        type,
        nulls,
        distinct,
        examples: top.slice(0, 5).map(({ value }) => value),
      }),
    )
    const eventTimeColumn = eventTimeOf(inferred)
    return {
      rows,
      columns: inferred,
      eventTimeColumn,
      keyCandidates: await keyCandidates(relation, rows, inferred, eventTimeColumn, signal),
      profiles,
    }
  } catch (error) {
    throw unreadable(error, format)
  } finally {
    await rm(typedPath, { force: true })
  }
}

interface TypedColumn {
  column: Column
  sql: string
}

/** The file's rows under their types, converted once: each column is looked at several times. */
async function typedRelation(
  source: Source,
  columns: TypedColumn[],
  path: string,
  signal?: AbortSignal,
): Promise<string> {
  const values = columns.map(({ column, sql }) => `${sql} AS ${identifier(column.name)}`)
  const select = `SELECT ${values.join(', ')} FROM (${source.relation})`
  await execute([`COPY (${select}) TO ${text(path)} (${exactParquet})`], signal)
  return `SELECT * FROM read_parquet(${text(path)})`
}

async function typedColumns(source: Source, signal?: AbortSignal): Promise<TypedColumn[]> {
  const texts = source.columns.filter(({ type }) => type.kind === 'text' || type.kind === 'json')
  const candidates = await sampledTypes(source, texts, signal)
  const chosen = await fittingAll(source, candidates, signal)
  return source.columns.map((found) => {
    const type = chosen.get(found.name) ?? typeOfSource(found)
    return { column: { name: found.name, type }, sql: convertSource(found.type, type, found.sql).value }
  })
}

/** What the first rows allow, narrowest first. */
async function sampledTypes(source: Source, columns: SourceColumn[], signal?: AbortSignal) {
  const types = new Map<string, FeatureType[]>()
  if (columns.length === 0) return types
  const texts = columns.map(({ sql, type }) =>
    type.kind === 'json' ? `(${sql} ->> '$')` : `CAST(${sql} AS VARCHAR)`,
  )
  const rows = await queryRows(
    `SELECT ${texts.join(', ')} FROM (${source.relation}) LIMIT ${sampleRows}`,
    [],
    signal,
  )
  for (const [index, column] of columns.entries()) {
    const samples = rows.map((row) => (typeof row[index] === 'string' ? row[index] : null))
    const found = fittingTypes(samples)
    const nested = column.type.kind === 'json' && samples.some((sample) => /^[[{]/.test(sample ?? ''))
    types.set(
      column.name,
      nested ? [...found.filter(({ kind }) => kind === 'array'), { kind: 'json' }] : found,
    )
  }
  return types
}

/** Of the sampled types the narrowest that no row of the whole file contradicts. */
async function fittingAll(source: Source, candidates: Map<string, FeatureType[]>, signal?: AbortSignal) {
  const tests: { name: string; type: FeatureType; sql: string }[] = []
  for (const { name, type, sql } of source.columns) {
    for (const candidate of candidates.get(name) ?? []) {
      tests.push({ name, type: candidate, sql: `count(${convertSource(type, candidate, sql).fault})` })
    }
  }
  const chosen = new Map<string, FeatureType>()
  if (tests.length === 0) return chosen
  const [row = []] = await queryRows(
    `SELECT ${tests.map(({ sql }) => sql).join(', ')} FROM (${source.relation})`,
    [],
    signal,
  )
  for (const [index, { name, type }] of tests.entries()) {
    if (!chosen.has(name) && Number(row[index]) === 0) chosen.set(name, type)
  }
  return chosen
}

const direct: Partial<Record<SourceType['kind'], FeatureType>> = {
  bool: { kind: 'bool' },
  float: { kind: 'float64' },
  blob: { kind: 'bytes' },
  date: { kind: 'date' },
  timestamp: { kind: 'timestamp' },
  timestamp_ns: { kind: 'timestamp' },
  timestamp_tz: { kind: 'timestamp' },
  struct: { kind: 'json' },
  text: { kind: 'string' },
  json: { kind: 'json' },
}

const integers: Record<string, FeatureType> = {
  BIGINT: { kind: 'int64' },
  UINTEGER: { kind: 'int64' },
  UBIGINT: { kind: 'decimal', precision: 20, scale: 0 },
  HUGEINT: { kind: 'decimal', precision: 38, scale: 0 },
  UHUGEINT: { kind: 'decimal', precision: 38, scale: 0 },
}

/** The feature type that keeps every value of a typed column. */
function typeOfSource({ type, typeName }: Pick<SourceColumn, 'type' | 'typeName'>): FeatureType {
  if (typeName === 'FLOAT') return { kind: 'float32' }
  if (type.kind === 'integer') return integers[typeName] ?? { kind: 'int32' }
  if (type.kind === 'decimal') {
    const [, precision, scale] = /\((\d+),(\d+)\)/.exec(type.name) ?? []
    return { kind: 'decimal', precision: Number(precision), scale: Number(scale) }
  }
  if (type.kind === 'list') {
    const element = typeOfSource({ type: type.element, typeName: typeName.replace(/\[\d*\]$/, '') })
    return { kind: 'array', element }
  }
  return direct[type.kind] ?? { kind: 'json' }
}

const timeName = /(^|_)(event_?time(stamp)?|timestamp|time|datetime|ts|date|day|at)$/
const keyName = /(^|_)(id|key|code|uuid|number|no)$/

/** `Buoy ID`, `buoyId` and `buoy-id` say what `buoy_id` says. */
const snake = (name: string) =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
const isTimeName = (name: string) => timeName.test(snake(name))
const isKeyName = (name: string) => keyName.test(snake(name))

/** A time column without nulls; the name decides among several, then the order. */
function eventTimeOf(columns: InferredColumn[]): string | null {
  const times = columns.filter(
    ({ type, nulls }) => nulls === 0 && (type.kind === 'timestamp' || type.kind === 'date'),
  )
  return (times.find(({ name }) => isTimeName(name)) ?? times[0])?.name ?? null
}

const mostCandidates = 5

/** Columns, alone or in pairs, which look like keys; those that with the time tell every row apart come first. */
async function keyCandidates(
  relation: string,
  rows: number,
  columns: InferredColumn[],
  time: string | null,
  signal?: AbortSignal,
): Promise<string[][]> {
  const possible = columns.filter(
    ({ name, type, nulls, distinct }) => name !== time && nulls === 0 && isKeyType(type) && distinct > 1,
  )
  const unnamed = possible.filter(({ name }) => !isKeyName(name))
  const likely = [
    ...possible.filter(({ name }) => isKeyName(name)),
    ...unnamed.filter(({ type }) => type.kind === 'string'),
    ...unnamed.filter(({ type }) => type.kind !== 'string'),
  ]
  const singles = likely.slice(0, mostCandidates).map(({ name }) => [name])
  const pairs = singles.flatMap((a, i) => singles.slice(i + 1).map((b) => [...a, ...b]))
  const sets = [...singles, ...pairs]
  if (sets.length === 0 || rows === 0) return sets
  const counts = sets.map((set) => {
    const names = [...set, ...(time === null ? [] : [time])].map(identifier)
    return `count(DISTINCT (${names.join(', ')}))`
  })
  const [row = []] = await queryRows(`SELECT ${counts.join(', ')} FROM (${relation})`, [], signal)
  const isUnique = (index: number) => Number(row[index]) === rows
  const ordered = sets.map((set, index) => ({ set, unique: isUnique(index) }))
  return [
    ...ordered.filter(({ unique }) => unique),
    ...ordered.filter(({ set, unique }) => !unique && set.length === 1),
  ]
    .map(({ set }) => set)
    .slice(0, mostCandidates)
}
