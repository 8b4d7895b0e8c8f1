import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/core/env'
import { invalid } from '@/lib/core/errors'
import { parseJson } from '@/lib/core/json'
import { EngineError, execute, queryRows } from '../engine-client'
import type { InputRelation, WriteSource } from '../port'
import { absolute, commitExtras, scanHistory, storedColumns } from './history'
import { identifier, text } from './sql'

type SelectSource = Extract<WriteSource, { kind: 'select' }>

/** A new path in the staging folder. */
export async function stagingPath(extension: string): Promise<string> {
  const folder = join(env().home, 'staging')
  await mkdir(folder, { recursive: true })
  // Ingestion's sweep knows by this name whose file it was.
  return join(folder, `ingest-${process.pid}-${randomUUID()}.${extension}`)
}

/**
 * Runs a transformation's SELECT once and keeps its rows in a file of its own, so that checking and writing see the
 * same rows. Throws `invalid` with what the engine says when the SQL is wrong. The caller removes the file.
 */
export async function materializeSelect(source: SelectSource, signal?: AbortSignal): Promise<string> {
  await checkSelect(
    source.sql,
    source.inputs.map(({ name }) => name),
    signal,
  )
  const path = await stagingPath('parquet')
  const views = source.inputs.map(
    (input) => `CREATE TEMP VIEW ${identifier(input.name)} AS ${inputRelation(input)}`,
  )
  try {
    await execute(
      [...views, `COPY (${source.sql.replace(/;\s*$/, '')}) TO ${text(path)} (FORMAT parquet)`],
      signal,
    )
    return path
  } catch (error) {
    throw sqlFailure(error)
  }
}

function inputRelation(input: InputRelation): string {
  if ('history' in input) {
    const { history } = input
    return scanHistory({
      history,
      columns: storedColumns(history.schema),
      extras: commitExtras(history),
      where: ["_op <> 'delete'"],
    })
  }
  const path = text(absolute(input.path))
  if (input.format === 'parquet') return `SELECT * FROM read_parquet(${path})`
  if (input.format === 'csv') return `SELECT * FROM read_csv(${path}, header = true, sample_size = -1)`
  return `SELECT * FROM read_json(${path}, format = 'newline_delimited')`
}

function sqlFailure(error: unknown): unknown {
  if (!(error instanceof EngineError) || error.kind === 'interrupted' || error.kind === 'io') return error
  return invalid(`The SQL failed: ${error.message.split('\n')[0]}`)
}

/** Sources of rows that need no file and give the same rows each time. */
const allowedTableFunctions = new Set(['range', 'generate_series', 'unnest', 'repeat'])

/**
 * Refuses SQL that is not one SELECT over its inputs: other tables, files, functions that read the outside.
 * The engine's own folders hold every group's history, so its confinement alone is not enough.
 */
async function checkSelect(sql: string, inputs: readonly string[], signal?: AbortSignal): Promise<void> {
  const [row] = await queryRows(`SELECT json_serialize_sql(${text(sql)})`, [], signal)
  const tree = parseJson(String(row?.[0] ?? '{}'), { maximumDepth: 2000 })
  if (!isRecord(tree)) throw invalid('The SQL cannot be read.')
  if (tree.error === true) throw invalid(`The SQL is not one SELECT: ${String(tree.error_message)}`)
  const statements = Array.isArray(tree.statements) ? tree.statements : []
  if (statements.length !== 1) throw invalid('The SQL must be exactly one SELECT.')
  const known = new Set(inputs)
  collectCtes(tree, known)
  visit(tree, known)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function collectCtes(node: unknown, known: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) collectCtes(item, known)
  else if (isRecord(node)) {
    const map = isRecord(node.cte_map) ? node.cte_map.map : null
    if (Array.isArray(map)) for (const entry of map) if (isRecord(entry)) known.add(cteName(entry))
    for (const member of Object.values(node)) collectCtes(member, known)
  }
}

/** Outside its scope such a name would be looked up as a table or file: only a plain one is no file. */
function cteName({ key }: Record<string, unknown>): string {
  const name = String(key)
  if (!/^[A-Za-z_]\w*$/.test(name)) throw invalid(`The SQL names a subquery \`${name}\`; use a plain name.`)
  return name
}

function visit(node: unknown, known: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) visit(item, known)
    return
  }
  if (!isRecord(node)) return
  if (node.type === 'BASE_TABLE' && !(known.has(String(node.table_name)) && node.schema_name === '')) {
    throw invalid(`The SQL reads \`${String(node.table_name)}\`, which is not one of its inputs.`)
  }
  if (node.type === 'TABLE_FUNCTION' && isRecord(node.function)) {
    const name = String(node.function.function_name)
    if (!allowedTableFunctions.has(name)) throw invalid(`The SQL may not call \`${name}\`.`)
  }
  if (node.type === 'SHOW_REF') throw invalid('The SQL may not describe tables.')
  for (const member of Object.values(node)) visit(member, known)
}

/** Functions whose answer is not settled by the row alone. */
const unsettled =
  /^(random|setseed|uuid|uuidv4|uuidv7|gen_random_uuid|now|today|get_current_\w+|current_\w+|transaction_timestamp|txid_current|nextval|currval|getvariable|getenv|version|pg_\w+|in_search_path|query|query_table)$/i

/**
 * Refuses an expression that is more than a deterministic expression over its row: subqueries, aggregates over
 * other rows, clocks, random numbers. Returns the names of the columns that it reads.
 */
export async function checkExpression(expression: string, signal?: AbortSignal): Promise<string[]> {
  const [row] = await queryRows(`SELECT json_serialize_sql(${text(`SELECT ${expression}`)})`, [], signal)
  const tree = parseJson(String(row?.[0] ?? '{}'), { maximumDepth: 2000 })
  const statements = isRecord(tree) && Array.isArray(tree.statements) ? tree.statements : []
  const node = isRecord(statements[0]) && statements.length === 1 ? statements[0].node : null
  const selected = isRecord(node) && Array.isArray(node.select_list) ? node.select_list : []
  const plain =
    isRecord(node) && isRecord(node.from_table) && node.from_table.type === 'EMPTY' && !node.where_clause
  if (selected.length !== 1 || !plain) throw invalid(`\`${expression}\` is not one SQL expression.`)
  const columns = new Set<string>()
  visitExpression(selected[0], expression, columns)
  return [...columns]
}

function visitExpression(node: unknown, expression: string, columns: Set<string>): void {
  if (Array.isArray(node)) {
    for (const item of node) visitExpression(item, expression, columns)
    return
  }
  if (!isRecord(node)) return
  const kind = node.class
  if (kind === 'SUBQUERY' || kind === 'WINDOW' || kind === 'STAR' || kind === 'PARAMETER') {
    throw invalid(`\`${expression}\` may only compute from its own row.`)
  }
  if (kind === 'FUNCTION' && unsettled.test(String(node.function_name))) {
    throw invalid(
      `\`${expression}\` calls \`${String(node.function_name)}\`, whose answer is not settled by the row.`,
    )
  }
  if (kind === 'COLUMN_REF' && Array.isArray(node.column_names))
    columns.add(node.column_names.map(String).join('.'))
  for (const member of Object.values(node)) visitExpression(member, expression, columns)
}
