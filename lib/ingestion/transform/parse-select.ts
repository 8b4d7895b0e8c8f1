import { type DomainError, invalidField } from '@/lib/core/errors'

const pointer = '/transformation/sql'

type Json = Record<string, unknown>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where in the text an offset lies, from 1. */
function place(sql: string, offset: number): string {
  const before = sql.slice(0, offset)
  return `line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`
}

function refuse(answer: Json, sql: string): DomainError {
  const message = String(answer.error_message ?? 'The SQL is not readable.')
  const offset = Number(answer.position)
  const where = Number.isFinite(offset) ? ` at ${place(sql, offset)}` : ''
  const reason = message.startsWith('Only SELECT')
    ? 'A transformation is one SELECT statement.'
    : `The SQL is not readable${where}: ${message}`
  return invalidField(pointer, reason, 'sql_syntax')
}

/**
 * The syntax tree of one SELECT, as DuckDB's own parser sees it. Nothing is bound or run.
 * @throws DomainError `invalid` with line and column.
 */
export async function parseSelect(sql: string): Promise<Json> {
  // Loaded here, because only runs of transformations need it; parsing touches no thread of the pool for long.
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', enable_external_access: 'false' })
  const connection = await instance.connect()
  try {
    const reader = await connection.runAndReadAll('select json_serialize_sql($sql::varchar)', { sql })
    const answer: unknown = JSON.parse(String(reader.getRows()[0]?.[0]))
    if (!isObject(answer) || answer.error !== false) throw refuse(isObject(answer) ? answer : {}, sql)
    const statements = Array.isArray(answer.statements) ? answer.statements : []
    const [first] = statements
    if (statements.length !== 1 || !isObject(first) || !isObject(first.node)) {
      throw invalidField(pointer, 'A transformation is one SELECT statement.', 'sql_statement')
    }
    return first.node
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
