import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { keepNanoseconds } from './parquet-nanoseconds'

/** By pyarrow 26: `with_zone` and `without` in nanoseconds, `micros` in microseconds with a zone, and a text. */
const file = join(import.meta.dirname, 'testing', 'nanoseconds.parquet')
const copyPath = (name: string) => join(tmpdir(), `almanac-${process.pid}-${name}.parquet`)

async function read(path: string) {
  const connection = await (await DuckDBInstance.create()).connect()
  const types = await connection.runAndReadAll(
    `SELECT column_name, column_type FROM (DESCRIBE FROM '${path}')`,
  )
  const rows = await connection.runAndReadAll(
    `SELECT epoch_ns(with_zone), epoch_ns("without"), epoch_us(micros), name FROM '${path}'`,
  )
  connection.closeSync()
  return { types: Object.fromEntries(types.getRows()), rows: rows.getRowsJson() }
}

describe('keepNanoseconds', () => {
  it('lets the engine see every digit of instants with a zone, and changes nothing else', async () => {
    const path = copyPath('nanoseconds')
    await copyFile(file, path)
    expect((await read(path)).types).toMatchObject({ with_zone: 'TIMESTAMP WITH TIME ZONE' })
    await keepNanoseconds(path)
    const { types, rows } = await read(path)
    expect(types).toEqual({
      with_zone: 'TIMESTAMP_NS',
      without: 'TIMESTAMP_NS',
      micros: 'TIMESTAMP WITH TIME ZONE',
      name: 'VARCHAR',
    })
    expect(rows).toEqual([
      ['1772353800000000001', '1772353800000000001', '1772353800000001', 'a'],
      ['1772353800000001000', null, null, 'b'],
    ])
    const after = await readFile(path)
    await keepNanoseconds(path)
    expect((await readFile(path)).equals(after)).toBe(true)
  })

  it('leaves what is no Parquet, and footers that are broken anywhere, to the engine', async () => {
    const whole = await readFile(file)
    const path = copyPath('broken')
    for (let at = whole.length - 400; at < whole.length; at += 7) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0xff
      await writeFile(path, bytes)
      await keepNanoseconds(path)
    }
    for (const text of ['', 'PAR1', 'id,at\n1,2026-01-01\n']) {
      await writeFile(path, text)
      await keepNanoseconds(path)
      expect(await readFile(path, 'utf8')).toBe(text)
    }
  })
})
