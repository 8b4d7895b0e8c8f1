import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

export interface Batch {
  type: string
  body: Buffer
  rows: number
}

/** Rows 0 to n − 1: key, an event time a second apart, a value that says which batch it came with. */
const select = (rows: number, mark: number) =>
  `SELECT i AS id, TIMESTAMPTZ '2026-01-01T00:00:00Z' + to_seconds(i % 86400) AS "at", i * 7 + ${mark} AS n, 'row ' || i AS s FROM range(${rows}) r(i)`

const formats = {
  csv: { type: 'text/csv', options: 'FORMAT csv, HEADER' },
  ndjson: { type: 'application/x-ndjson', options: 'FORMAT json' },
  parquet: { type: 'application/vnd.apache.parquet', options: 'FORMAT parquet' },
}
export type Format = keyof typeof formats
export const batchFormats: Format[] = ['csv', 'ndjson', 'parquet']

/** The same rows in any format. Times are written with offset, since `SET TimeZone` says UTC. */
export async function batchOf(format: Format, rows: number, mark: number): Promise<Batch> {
  const { type, options } = formats[format]
  const folder = mkdtempSync(join(tmpdir(), 'almanac-batch-'))
  const path = join(folder, 'rows')
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  try {
    await connection.run("SET TimeZone = 'UTC'")
    const time = format === 'parquet' ? '"at"' : `strftime("at", '%Y-%m-%dT%H:%M:%SZ') AS "at"`
    await connection.run(
      `COPY (SELECT id, ${time}, n, s FROM (${select(rows, mark)})) TO '${path}' (${options})`,
    )
    return { type, body: readFileSync(path), rows }
  } finally {
    connection.closeSync()
    instance.closeSync()
    rmSync(folder, { recursive: true, force: true })
  }
}

export const expectedValue = (id: number, mark: number) => id * 7 + mark
