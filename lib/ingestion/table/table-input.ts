import { DomainError } from '@/lib/core/errors'
import { namePattern } from '@/lib/core/names'

/** A table or view of a PostgreSQL database that an administrator has connected under a name. */
export interface TableInput {
  kind: 'table'
  /** Name of the data source. */
  name: string
  connection: string
  schema: string
  table: string
  /** The columns to read; null: all. */
  columns: string[] | null
  /** The column that holds the rows' times, where the source names it. */
  timeColumn: string | null
  /** The column that tells when a row was written or changed last: late rows are seen by it. */
  updatedColumn: string | null
}

export const refuseSource = (source: string, why: string, cause?: unknown): DomainError =>
  new DomainError('conflict', `The transformation cannot read source \`${source}\`: ${why}`, {}, { cause })

const isName = (value: unknown): value is string => typeof value === 'string' && value !== ''

function optionalName(source: string, config: Record<string, unknown>, member: string): string | null {
  const value = config[member]
  if (value === undefined || value === null) return null
  if (isName(value)) return value
  throw refuseSource(source, `its \`${member}\` must be the name of a column.`)
}

function columnsOf(source: string, value: unknown): string[] | null {
  if (value === undefined || value === null) return null
  if (Array.isArray(value) && value.length > 0 && value.every(isName)) return [...new Set(value)]
  throw refuseSource(source, 'its `columns` must be a list of names of columns.')
}

/** What a source of kind `table` says: `{connection, schema, table, columns, timestamp_column, updated_column}`. */
export function tableInput(name: string, config: Record<string, unknown>): TableInput {
  const { connection, schema = 'public', table } = config
  if (!isName(connection) || !namePattern.test(connection))
    throw refuseSource(
      name,
      'its `connection` must be the name of a connection that an administrator has set.',
    )
  if (!isName(table) || !isName(schema))
    throw refuseSource(name, 'its `table` and `schema` must name a table or view.')
  const timeColumn = optionalName(name, config, 'timestamp_column')
  const updatedColumn = optionalName(name, config, 'updated_column')
  if (updatedColumn !== null && timeColumn === null)
    throw refuseSource(name, 'an `updated_column` says something beside a `timestamp_column` only.')
  const columns = columnsOf(name, config.columns)
  return { kind: 'table', name, connection, schema, table, columns, timeColumn, updatedColumn }
}
