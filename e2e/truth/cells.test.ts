import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { named, quoted, rowsOf } from './support/duckdb'
import { good, groups, registered, send, withType } from './support/product'

/** ALMANAC_TRUTH_CELLS=1000000 is the long form. */
const cells = Number(process.env.ALMANAC_TRUTH_CELLS ?? 100_000)
const featureCount = 20
const draws = Math.ceil(cells / featureCount)
/** Every key stands several times in the history; a quarter of the drawn keys does not. */
const keyCount = Math.ceil(draws / 2)
const keysACall = 5_000

const features = Array.from({ length: featureCount }, (_, f) => `f${f}`)
const folder = mkdtempSync(join(tmpdir(), 'almanac-cells-'))
let group: string

/** Quarters of float64 add up without rounding; int64 fills its 64 bits; a seventh is null. */
const cellOf = (f: number) =>
  f % 2 === 0
    ? `CASE WHEN hash(i, ${f}) % 7 > 0 THEN CAST((hash(i, 'v', ${f}) >> 1)::HUGEINT - 4611686018427387904 AS BIGINT) END AS f${f}`
    : `CASE WHEN hash(i, ${f}) % 7 > 0 THEN (hash(i, 'v', ${f}) % 1000000)::DOUBLE / 4 END AS f${f}`

const history = () =>
  `SELECT CAST(hash(i) % ${keyCount} AS BIGINT) AS id, make_timestamptz(1767225600000000 + (hash(i, 'at') % 12)::BIGINT * 3600000000) AS "at", ` +
  `CASE WHEN hash(i, 'op') % 20 = 0 THEN 'delete' ELSE 'upsert' END AS _op, ${features.map((_, f) => cellOf(f)).join(', ')} FROM range(${keyCount * 3}) r(i)`

async function parquetOf(sql: string): Promise<Buffer> {
  const path = join(folder, 'made.parquet')
  await rowsOf(`COPY (${sql}) TO ${quoted(path)} (FORMAT parquet)`)
  return readFileSync(path)
}

beforeAll(async () => {
  const declared = features.map((name, f) => ({ name, type: f % 2 === 0 ? 'int64' : 'float64' }))
  group = await registered('cells', { features: declared })
  for (const half of ['i % 2 = 0', 'i % 2 = 1']) {
    const body = await parquetOf(`${history()} WHERE ${half}`)
    const answer = await send(
      'POST',
      `${groups}/${group}/rows`,
      withType('application/vnd.apache.parquet', body),
    )
    good(answer)
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const seed = Number(process.env.ALMANAC_TRUTH_SEED ?? Date.now() % 1_000_000)
let drawn = 0
/** Numbers from 0 to 1 that come again with their seed. */
const random = () => {
  const bytes = createHash('sha256').update(`${seed}:${drawn++}`).digest()
  return bytes.readUInt32LE(0) / 2 ** 32
}

/** Keys with repetitions, in calls of at most so many, each with features of its own in an order of its own. */
const calls = Array.from({ length: Math.ceil(draws / keysACall) }, (_, call) => ({
  keys: Array.from({ length: Math.min(keysACall, draws - call * keysACall) }, () =>
    Math.floor(random() * keyCount * 1.33),
  ),
  asked: features.filter(() => random() < 0.9).sort(() => random() - 0.5),
}))

/** Cells that have a value, and the sum of integers and of quarters, both exact. */
interface Sum {
  present: bigint
  integers: bigint
  quarters: bigint
}

const total = (sums: Sum[]): Sum => ({
  present: sums.reduce((sum, { present }) => sum + present, 0n),
  integers: sums.reduce((sum, { integers }) => sum + integers, 0n),
  quarters: sums.reduce((sum, { quarters }) => sum + quarters, 0n),
})

const isInteger = (name: string) => Number(name.slice(1)) % 2 === 0

async function online(): Promise<Sum> {
  const sums: Sum[] = []
  for (const { keys, asked } of calls) {
    const body = { features: asked.map((name) => `${group}:${name}`), entities: { id: keys } }
    const answer = good<{ values: (string | number | null)[][] }>(
      await send('POST', '/api/v1/online-features?int64=string', { body }),
    )
    for (const [index, column] of answer.values.entries()) {
      expect(column).toHaveLength(keys.length)
      const present = column.filter((value) => value !== null)
      const whole = isInteger(asked[index] ?? '')
      const sum = present.reduce<bigint>((all, value) => all + BigInt(whole ? value : Number(value) * 4), 0n)
      const [integers, quarters] = whole ? [sum, 0n] : [0n, sum]
      sums.push({ present: BigInt(present.length), integers, quarters })
    }
  }
  return total(sums)
}

/** Sums of columns of a relation, by DuckDB. */
async function summed(relation: string, columns: string[], statements: string[] = []): Promise<Sum> {
  const of = (names: string[], term: (name: string) => string) =>
    names.map((name) => `coalesce(sum(${term(named(name))}), 0)`).join(' + ') || '0'
  const [row] = await rowsOf(
    `SELECT CAST(${columns.map((name) => `count(${named(name)})`).join(' + ')} AS VARCHAR) AS present, ` +
      `CAST(${of(columns.filter(isInteger), (name) => `${name}::HUGEINT`)} AS VARCHAR) AS integers, ` +
      `CAST(${of(
        columns.filter((name) => !isInteger(name)),
        (name) => `CAST(${name} * 4 AS HUGEINT)`,
      )} AS VARCHAR) AS quarters ` +
      `FROM (${relation})`,
    statements,
  )
  const at = (name: keyof Sum) => BigInt(String(row?.[name]))
  return { present: at('present'), integers: at('integers'), quarters: at('quarters') }
}

async function historical(): Promise<Sum> {
  const sums: Sum[] = []
  const event_timestamp = new Date().toISOString()
  for (const { keys, asked } of calls) {
    const rows = keys.map((id) => ({ id, event_timestamp }))
    const answer = await send('POST', '/api/v1/historical-features', {
      headers: { accept: 'application/vnd.apache.parquet', 'content-type': 'application/json' },
      body: JSON.stringify({ spine: { rows }, features: asked.map((name) => `${group}:${name}`) }),
    })
    expect(answer.status, answer.text.slice(0, 300)).toBe(200)
    const path = join(folder, 'answer.parquet')
    writeFileSync(path, answer.body)
    sums.push(await summed(`SELECT * FROM read_parquet(${quoted(path)})`, asked))
  }
  return total(sums)
}

/** The newest row of a key in the store's own files, tombstones over values, by DuckDB alone. */
async function files(): Promise<Sum> {
  const glob = quoted(join(inject('home'), 'offline', 'prod', group, '**', '*.parquet'))
  const newest =
    `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY id ORDER BY "at" DESC, _op = 'delete' DESC, filename DESC, _row DESC) AS n ` +
    `FROM read_parquet(${glob}, filename = true)) WHERE n = 1 AND _op <> 'delete'`
  const statements = [`CREATE TEMP TABLE newest AS ${newest}`]
  const sums: Sum[] = []
  for (const { keys, asked } of calls) {
    const drawn = `SELECT unnest([${keys.join(', ')}]) AS id`
    sums.push(await summed(`SELECT n.* FROM (${drawn}) k JOIN newest n ON k.id = n.id`, asked, statements))
  }
  return total(sums)
}

describe(`the sum over ${draws * featureCount} random cells`, () => {
  it('is one number, read online, historically, and by DuckDB on the files', async () => {
    const byFiles = await files()
    expect(Number(byFiles.present)).toBeGreaterThan(cells * 0.3)
    expect(byFiles.integers).not.toBe(0n)
    expect(await historical(), `seed ${seed}`).toEqual(byFiles)
    expect(await online(), `seed ${seed}`).toEqual(byFiles)
  }, 600_000)
})
