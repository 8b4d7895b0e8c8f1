import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Binary,
  Bool,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Float64,
  Int8,
  Int32,
  Int64,
  LargeUtf8,
  List,
  Null,
  Schema,
  Struct,
  Table,
  TimeMicrosecond,
  Timestamp,
  TimeUnit,
  tableToIPC,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
  Utf8View,
  type Vector,
  vectorFromArray,
} from 'apache-arrow'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { stagingPath } from '../duckdb/select-source'
import { queryRows } from '../engine-client'
import { arrowToParquet } from './arrow-to-parquet'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
beforeAll(async () => {
  engine = await startEngineForTests()
})
afterAll(() => engine.stop())

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const streamOf = (table: Table) => tableToIPC(table, 'stream')

/** What the engine reads from the file that these bytes become: type and texts of each column. */
async function readBack(bytes: Uint8Array, pieces = 1000) {
  const path = await stagingPath('parquet')
  const { rows, columns } = await arrowToParquet(inPieces(bytes, pieces), path)
  const described = await queryRows(
    `SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('${path}'))`,
  )
  const texts = columns.map((name) => `CAST("${name}" AS VARCHAR)`).join(', ')
  const values = await queryRows(`SELECT ${texts} FROM read_parquet('${path}')`)
  expect(values).toHaveLength(rows)
  return { types: Object.fromEntries(described.map(([name, type]) => [name, type])), values, columns }
}

async function column(vector: Vector | Promise<Vector>, pieces?: number) {
  const { types, values } = await readBack(streamOf(new Table({ c: await vector })), pieces)
  return { type: types.c, values: values.map(([value]) => value) }
}

const of = (values: unknown[], type: DataType) => vectorFromArray(values, type)

describe('arrowToParquet', () => {
  it.each<[string, unknown[], DataType, string, unknown[]]>([
    ['bool', [true, null, false], new Bool(), 'BOOLEAN', ['true', null, 'false']],
    ['int8', [-128, null, 127], new Int8(), 'INTEGER', ['-128', null, '127']],
    ['uint16', [0, 65535], new Uint16(), 'INTEGER', ['0', '65535']],
    ['int32', [-2147483648, 5, null], new Int32(), 'INTEGER', ['-2147483648', '5', null]],
    ['uint32', [4294967295, null], new Uint32(), 'BIGINT', ['4294967295', null]],
    [
      'int64',
      [2n ** 53n + 1n, null, -(2n ** 63n)],
      new Int64(),
      'BIGINT',
      ['9007199254740993', null, '-9223372036854775808'],
    ],
    ['uint64', [2n ** 64n - 1n], new Uint64(), 'UBIGINT', ['18446744073709551615']],
    ['float32', [0.1, Number.NaN, null], new Float32(), 'FLOAT', ['0.1', 'nan', null]],
    ['float64', [0.1, -Infinity, -0], new Float64(), 'DOUBLE', ['0.1', '-inf', '-0.0']],
    ['utf8', ['', null, 'åß🐍', 'a"b\n'], new Utf8(), 'VARCHAR', ['', null, 'åß🐍', 'a"b\n']],
    [
      'large_utf8',
      ['x', null, 'long enough to be no inline view'],
      new LargeUtf8(),
      'VARCHAR',
      ['x', null, 'long enough to be no inline view'],
    ],
    [
      'utf8_view',
      ['x', null, 'long enough to be no inline view'],
      new Utf8View(),
      'VARCHAR',
      ['x', null, 'long enough to be no inline view'],
    ],
    [
      'dictionary',
      ['b', 'a', null, 'b'],
      new Dictionary(new Utf8(), new Int32()),
      'VARCHAR',
      ['b', 'a', null, 'b'],
    ],
    ['binary', [new Uint8Array([0, 255]), null], new Binary(), 'BLOB', ['\\x00\\xFF', null]],
    ['date', [new Date('1969-12-31'), null], new DateDay(), 'DATE', ['1969-12-31', null]],
    [
      'date in milliseconds',
      [new Date('2026-03-01')],
      new DateMillisecond(),
      'TIMESTAMP',
      ['2026-03-01 00:00:00'],
    ],
  ])('%s keeps its values', async (_, values, type, engineType, texts) => {
    expect(await column(of(values, type))).toEqual({ type: engineType, values: texts })
  })

  it.each([
    [TimeUnit.SECOND, 1_772_353_800n, 'TIMESTAMP', '2026-03-01 08:30:00'],
    [TimeUnit.MILLISECOND, 1_772_353_800_001n, 'TIMESTAMP', '2026-03-01 08:30:00.001'],
    [TimeUnit.MICROSECOND, -1n, 'TIMESTAMP', '1969-12-31 23:59:59.999999'],
    [TimeUnit.NANOSECOND, 1_772_353_800_000_000_001n, 'TIMESTAMP_NS', '2026-03-01 08:30:00.000000001'],
  ])('an instant of unit %s keeps every digit, with a zone too', async (unit, value, type, text) => {
    for (const zone of [null, 'UTC', 'Europe/Stockholm']) {
      const vector = of([0n, 0n], new Int64())
      const [data] = vector.data
      if (!data) throw new Error('no data')
      data.values.set([value, value])
      const typed = new Timestamp(unit, zone)
      const schema = new Schema([new Field('c', typed, true)])
      const instants = new Table(schema, { c: (await import('apache-arrow')).makeVector(data.clone(typed)) })
      expect(await readBack(streamOf(instants))).toMatchObject({
        types: { c: type },
        values: [[text], [text]],
      })
    }
  })

  it('keeps decimals', async () => {
    const words = (value: bigint) => {
      const wide = BigInt.asUintN(128, value)
      return Uint32Array.from([0n, 32n, 64n, 96n].map((shift) => Number((wide >> shift) & 0xffffffffn)))
    }
    const values = [words(-12345n), null, words(10n ** 37n)]
    const { type, values: texts } = await column(of(values, new Decimal(2, 38)))
    expect(type).toBe('DECIMAL(38,2)')
    expect(texts).toEqual(['-123.45', null, '100000000000000000000000000000000000.00'])
  })

  it('keeps lists: empty, null, with nulls, nested, of fixed size', async () => {
    const numbers = new List(new Field('item', new Int64(), true))
    expect((await column(of([[1n, null], [], null, [3n]], numbers))).values).toEqual([
      '[1, NULL]',
      '[]',
      null,
      '[3]',
    ])
    const nested = new List(new Field('item', new List(new Field('item', new Utf8(), true)), true))
    expect((await column(of([[['a'], [], null], null, [['b', null]]], nested))).values).toEqual([
      '[[a], [], NULL]',
      null,
      '[[b, NULL]]',
    ])
    const fixed = new FixedSizeList(2, new Field('item', new Float32(), true))
    expect((await column(of([[1, 2], null, [0.5, -1]], fixed))).values).toEqual([
      '[1.0, 2.0]',
      null,
      '[0.5, -1.0]',
    ])
  })

  it('reads the file format, many batches and pages', async () => {
    const count = 200_003
    const numbers = Array.from({ length: count }, (_, i) => (i % 7 === 0 ? null : BigInt(i)))
    const texts = numbers.map((n) => (n === null ? null : `t${n % 100n}`))
    const table = new Table({
      n: of(numbers, new Int64()),
      t: of(texts, new Dictionary(new Utf8(), new Int32())),
    })
    const file = tableToIPC(table, 'file')
    const path = await stagingPath('parquet')
    expect(await arrowToParquet(inPieces(file, 65_537), path)).toEqual({ rows: count, columns: ['n', 't'] })
    const wrong = `n IS DISTINCT FROM (CASE WHEN file_row_number % 7 <> 0 THEN file_row_number END)
      OR t IS DISTINCT FROM ('t' || (n % 100))`
    expect(
      await queryRows(`SELECT count(*), sum(n), count(*) FILTER (${wrong}) FROM read_parquet('${path}')`),
    ).toEqual([[count, Number(numbers.reduce<bigint>((sum, n) => sum + (n ?? 0n), 0n)), 0]])
  })

  it.each(['lz4', 'zstd'])(
    'reads batches in %s, as pyarrow writes them, and refuses broken ones',
    async (codec) => {
      const file = await readFile(join(import.meta.dirname, 'testing', `${codec}.arrow`))
      const path = await stagingPath('parquet')
      expect(await arrowToParquet(inPieces(file, 999), path)).toEqual({
        rows: 5000,
        columns: ['id', 'label'],
      })
      const wrong = `id <> file_row_number OR label IS DISTINCT FROM (CASE WHEN id % 11 <> 0 THEN 'label ' || (id % 7) END)`
      expect(
        await queryRows(`SELECT count(*) FILTER (${wrong}), sum(id) FROM read_parquet('${path}')`),
      ).toEqual([[0, 12_497_500]])
      for (let at = 200; at < file.length; at += 997) {
        const bytes = Uint8Array.from(file)
        bytes[at] = (bytes[at] ?? 0) ^ 0xff
        const broken = arrowToParquet(inPieces(bytes, 4096), await stagingPath('parquet'))
        await broken.catch((error: unknown) => expect(error).toMatchObject({ name: 'DomainError' }))
      }
    },
  )

  it('keeps a column without values beside others', async () => {
    const table = new Table({ n: of([null, null], new Null()), id: of([1n, 2n], new Int64()) })
    expect((await readBack(streamOf(table))).values).toEqual([
      [null, '1'],
      [null, '2'],
    ])
  })

  it('keeps a table without rows', async () => {
    expect(await readBack(streamOf(new Table({ c: of([], new Int64()) })))).toMatchObject({
      types: { c: 'BIGINT' },
      values: [],
    })
  })

  it('names each column that no feature can be made of', async () => {
    const table = new Table({
      id: of([1n], new Int64()),
      at: of([1n], new TimeMicrosecond()),
      pair: of([{ a: 1 }], new Struct([new Field('a', new Int32())])),
    })
    const path = await stagingPath('parquet')
    await expect(arrowToParquet(inPieces(streamOf(table), 100), path)).rejects.toMatchObject({
      code: 'invalid',
      details: {
        errors: [
          { column: 'at', rule: 'type' },
          { column: 'pair', rule: 'type' },
        ],
      },
    })
    expect(existsSync(path)).toBe(false)
    const mayDrop = (name: string) => name !== 'id'
    await arrowToParquet(inPieces(streamOf(table), 100), path, { mayDrop })
    expect(await queryRows(`SELECT * FROM read_parquet('${path}')`)).toEqual([[1, null, null]])
  })

  it('refuses what is cut anywhere, and what follows the end, and leaves no file', async () => {
    const whole = streamOf(new Table({ c: of([1n, 2n], new Int64()), t: of(['a', 'b'], new Utf8()) }))
    const path = await stagingPath('parquet')
    for (let size = 0; size < whole.length; size++) {
      await expect(
        arrowToParquet(inPieces(whole.subarray(0, size), 64), path),
        `cut at ${size}`,
      ).rejects.toMatchObject({
        code: 'not_parseable',
      })
    }
    const twice = Buffer.concat([whole, whole])
    await expect(arrowToParquet(inPieces(twice, 64), path)).rejects.toMatchObject({ code: 'not_parseable' })
    expect(existsSync(path)).toBe(false)
  })

  it('answers any flipped byte with values or a refusal, never with a defect', async () => {
    const table = new Table({
      c: of([1n, null], new Int64()),
      t: of(['aé', null], new Utf8()),
      d: of(['x', 'y'], new Dictionary(new Utf8(), new Int32())),
      l: of([[1n], null], new List(new Field('item', new Int64(), true))),
    })
    const whole = streamOf(table)
    let refused = 0
    for (let at = 0; at < whole.length; at += 13) {
      const bytes = Uint8Array.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ 0xff
      const path = await stagingPath('parquet')
      await arrowToParquet(inPieces(bytes, 4096), path).catch((error: unknown) => {
        refused++
        expect(error).toMatchObject({ name: 'DomainError' })
      })
    }
    expect(refused).toBeGreaterThan(5)
  })

  it('names row and column of a text that is not UTF-8', async () => {
    const vector = of(['good', 'bad!', 'good'], new Utf8())
    vector.data[0]?.values.fill(0xff, 5, 6)
    await expect(column(vector)).rejects.toMatchObject({
      code: 'not_parseable',
      details: { errors: [{ row: 2, column: 'c', rule: 'encoding' }] },
    })
  })
})
