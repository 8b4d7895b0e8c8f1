import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { Float64, Int32, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'

export type Rows = Record<string, string | number>[]

async function parquetOf(rows: Rows): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-formats-'))
  const path = join(folder, 'rows.parquet')
  const literal = (value: string | number) =>
    typeof value === 'number'
      ? `${value}::${Number.isInteger(value) ? 'BIGINT' : 'DOUBLE'}`
      : `'${value.replaceAll("'", "''")}'`
  const selects = rows.map(
    (row) =>
      `SELECT ${Object.entries(row)
        .map(([name, value]) => `${literal(value)} AS "${name}"`)
        .join(', ')}`,
  )
  try {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
    const connection = await instance.connect()
    await connection.run(`COPY (${selects.join(' UNION ALL ')}) TO '${path}' (FORMAT parquet)`)
    connection.closeSync()
    instance.closeSync()
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function arrowOf(rows: Rows): Buffer {
  const columns = Object.keys(rows[0] ?? {}).map((name) => {
    const values = rows.map((row) => row[name] ?? null)
    const type = values.every(Number.isInteger)
      ? new Int32()
      : values.every((value) => typeof value === 'number')
        ? new Float64()
        : new Utf8()
    return [name, vectorFromArray(values, type)] as const
  })
  return Buffer.from(tableToIPC(new Table(Object.fromEntries(columns)), 'file'))
}

const csvOf = (rows: Rows) =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('')

/** The same rows as a file of each format that a person may drop, by the file's ending. Texts hold no commas. */
export async function fileOf(ending: string, rows: Rows): Promise<Buffer> {
  switch (ending) {
    case 'csv':
      return Buffer.from(csvOf(rows))
    case 'ndjson':
      return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    case 'json':
      return Buffer.from(JSON.stringify(rows, null, 2))
    case 'parquet':
      return parquetOf(rows)
    case 'arrow':
      return arrowOf(rows)
    default:
      throw new Error(`No file of rows ends in .${ending}`)
  }
}
