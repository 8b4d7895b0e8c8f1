import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'

export type Row = Record<string, unknown>

/**
 * Runs one query over files: each becomes a path that `query` receives by the file's name. Values are JSON's;
 * 64-bit integers, decimals and times are text.
 */
export async function overFiles(
  files: Record<string, string | Buffer>,
  query: (path: (name: string) => string) => string,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-duckdb-'))
  const path = (name: string) => `'${join(folder, name)}'`
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
    const connection = await instance.connect()
    try {
      const reader = await connection.runAndReadAll(query(path))
      return reader.getRowObjectsJson()
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
