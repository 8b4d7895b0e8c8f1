import { DuckDBInstance } from '@duckdb/node-api'

/** The rows of a query of a DuckDB of its own, in UTC: integers of 64 bits and more as texts. */
export async function rowsOf(sql: string, statements: string[] = []): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    for (const statement of ["SET TimeZone = 'UTC'", ...statements]) await connection.run(statement)
    return (await connection.runAndReadAll(sql)).getRowObjectsJson()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

export const named = (name: string) => `"${name.replaceAll('"', '""')}"`
