import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { invalid } from '@/lib/core/errors'
import { EngineError, queryRows } from '../engine-client'
import { parquetOptions } from '../parquet-options'
import type { Column, RowFault, RowSpan, WriteRequest, WriteResult, WrittenFile } from '../port'
import { operationColumn } from '../staged'
import { checkExpression } from './check-expression'
import { absolute } from './history'
import { withNames } from './renamed-source'
import { materializeSelect } from './select-source'
import { cellsSource, openSource, unreadable } from './source'
import { identifier, text } from './sql'
import { planSource, planStaged, reasonOf, type WritePlan } from './write-plan'
import {
  countFaulty,
  expressionQuery,
  goodRows,
  listFaults,
  type WriteQuery,
  writeQuery,
} from './write-query'

/** See OfflineStore.write. */
export async function write(request: WriteRequest, signal?: AbortSignal): Promise<WriteResult> {
  if (request.source.kind !== 'select') return writeFrom(request, request.source, signal)
  const path = await materializeSelect(request.source, signal)
  try {
    return await writeFrom(request, { kind: 'file', path, format: 'parquet' }, signal)
  } finally {
    await rm(path, { force: true })
  }
}

type FileSource = Exclude<WriteRequest['source'], { kind: 'select' }>

async function writeFrom(
  request: WriteRequest,
  source: FileSource,
  signal?: AbortSignal,
): Promise<WriteResult> {
  const plan = await planOf(request, source, signal)
  const query = await queryOf(request, plan, signal)
  try {
    if (request.rows && request.mode === 'quarantine')
      return await writeSpan(request, request.rows, plan, query, signal)
    const rejectedRows = query.checks.length > 0 ? await countOf(countFaulty(query), signal) : 0
    const faults = rejectedRows > 0 ? await faultsOf(request, plan, query, signal) : []
    const result = { rejectedRows, faults, ignoredColumns: plan.ignored }
    if (rejectedRows > 0 && request.mode === 'strict') return { file: null, ...result }
    return { file: await writeFile(request, query, signal), ...result }
  } catch (error) {
    throw source.kind === 'file' ? unreadable(error, source.format) : expressionFailure(request, error)
  }
}

/** A span of known length needs no pass of its own to find out whether rows are refused: those that are missing are. */
async function writeSpan(
  request: WriteRequest,
  { first, last }: RowSpan,
  plan: WritePlan,
  query: WriteQuery,
  signal?: AbortSignal,
): Promise<WriteResult> {
  const file = await writeFile(request, query, signal)
  const rejectedRows = last - first + 1 - (file?.rows ?? 0)
  try {
    const faults = rejectedRows > 0 ? await faultsOf(request, plan, query, signal) : []
    return { file, rejectedRows, faults, ignoredColumns: plan.ignored }
  } catch (error) {
    if (file) await rm(absolute(file.path), { force: true })
    throw error
  }
}

async function planOf(request: WriteRequest, source: FileSource, signal?: AbortSignal): Promise<WritePlan> {
  if (source.kind === 'staged') return planStaged(absolute(source.path), request.schema)
  if (source.kind === 'cells') return planSource(cellsSource(absolute(source.path), source.columns), request)
  const file = await openSource(absolute(source.path), source.format, signal, request.rows)
  return planSource(withNames(file, source.renamed), request)
}

async function queryOf(request: WriteRequest, plan: WritePlan, signal?: AbortSignal): Promise<WriteQuery> {
  const { schema, source } = request
  const expressions = expressionQuery(plan, schema)
  if (expressions === null) return writeQuery(plan, schema, new Map(), true)
  for (const { expression } of schema.features) if (expression) await settledExpression(expression, signal)
  try {
    const described = await queryRows(
      `SELECT column_name, column_type FROM (DESCRIBE ${expressions})`,
      [],
      signal,
    )
    const types = new Map(described.map(([name, type]) => [String(name), String(type)]))
    // A SELECT from rows that were computed before no longer has their inputs.
    return writeQuery(
      plan,
      schema,
      types,
      source.kind !== 'select' || schema.inputs.length === 0,
      request.terms,
    )
  } catch (error) {
    throw expressionFailure(request, error)
  }
}

const settled = new Set<string>()

/** Each expression is looked at once per process: what is settled stays so. */
async function settledExpression(expression: string, signal?: AbortSignal): Promise<void> {
  if (settled.has(expression)) return
  await checkExpression(expression, signal)
  settled.add(expression)
}

/** An expression is the author's text: what the engine says of it is for the author. */
function expressionFailure({ schema }: WriteRequest, error: unknown): unknown {
  const derived = schema.features.filter(({ expression }) => expression)
  if (!(error instanceof EngineError) || derived.length === 0) return error
  if (!['conversion', 'invalid_input', 'binder', 'parser', 'catalog'].includes(error.kind)) return error
  const first = error.message.split('\n')[0]
  return invalid(
    `A feature's expression failed (${derived.map(({ name }) => `\`${name}\``).join(', ')}): ${first}`,
  )
}

async function countOf(sql: string, signal?: AbortSignal): Promise<number> {
  const [row] = await queryRows(sql, [], signal)
  return Number(row?.[0])
}

function termReason({ terms }: WriteRequest, name: string, rule: string): string | null {
  const reason = terms?.find(({ column }) => column === name)?.reasons[rule]
  return reason === undefined ? null : `\`${name}\` ${reason}.`
}

async function faultsOf(
  request: WriteRequest,
  plan: WritePlan,
  query: WriteQuery,
  signal?: AbortSignal,
): Promise<RowFault[]> {
  const columns = new Map<string, Column>(plan.columns.map(({ column }) => [column.name, column]))
  const rows = await queryRows(listFaults(query, request.maximumFaults), [], signal)
  return rows.map(([row, name, raw, rule]) => {
    const column = columns.get(String(name)) ?? null
    const value = raw === null ? null : String(raw)
    return {
      row: Number(row),
      column: String(name),
      value,
      rule: String(rule),
      reason: termReason(request, String(name), String(rule)) ?? reasonOf(String(rule), column, value),
    }
  })
}

/** Writes beside the destination and renames when the bytes are on the disk, so that no half file has its name. */
async function writeFile(
  request: WriteRequest,
  query: WriteQuery,
  signal?: AbortSignal,
): Promise<WrittenFile | null> {
  const destination = absolute(request.destination)
  const part = `${destination}.part`
  await mkdir(dirname(destination), { recursive: true })
  try {
    const select = goodRows(query, request.schema)
    const copy = `COPY (${select}) TO ${text(part)} (${parquetOptions(request.schema.features)})`
    const counts = await countsOf(part, request.schema.eventTime, signal, [copy])
    if (counts.rows === 0) return null
    const { size } = await stat(part)
    const sha256 = await hashAndSync(part)
    await rename(part, destination)
    await syncFolder(dirname(destination))
    return { path: request.destination, bytes: size, sha256, ...counts }
  } finally {
    await rm(part, { force: true })
  }
}

/** What a file holds, once the statements that make it have run. */
export async function countsOf(
  path: string,
  eventTime: string,
  signal?: AbortSignal,
  statements: string[] = [],
) {
  const time = identifier(eventTime)
  const [row] = await queryRows(
    `SELECT count(*), count(*) FILTER (${operationColumn} = 'delete'), epoch_us(min(${time})), ` +
      `epoch_us(max(${time})) FROM read_parquet(${text(path)})`,
    statements,
    signal,
  )
  const [rows, tombstones, min, max] = row ?? []
  return {
    rows: Number(rows),
    tombstones: Number(tombstones),
    minEventTimeMicros: microsOf(min),
    maxEventTimeMicros: microsOf(max),
  }
}

const microsOf = (value: unknown): bigint | null =>
  typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : null

export async function hashAndSync(path: string): Promise<string> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) hash.update(chunk)
  return hash.digest('hex')
}

/** A rename is durable when the folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
