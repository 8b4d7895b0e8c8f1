import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeatureType, parseFeatureType } from '@/lib/core/feature-type'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { stagingPath } from './duckdb/select-source'
import { execute } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'
import { offlineStore, stagedRow } from './index'
import type { RowFault, WriteFeature, WriteRequest, WriteSchema } from './port'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const type = (name: string): FeatureType => parseFeatureType(name) ?? { kind: 'string' }
const feature = (name: string, typeName: string, expression?: string): WriteFeature => ({
  name,
  type: type(typeName),
  expression: expression ?? null,
})
const schemaOf = (features: WriteFeature[], inputs: WriteFeature[] = []): WriteSchema => ({
  keys: [{ name: 'id', type: type('int64') }],
  eventTime: 'seen_at',
  features,
  inputs,
})

/** A Parquet file of the rows of a VALUES list. */
async function parquet(columns: string, rows: string[]): Promise<string> {
  const path = await stagingPath('parquet')
  await execute([
    `COPY (SELECT * FROM (VALUES ${rows.join(', ')}) t(${columns})) TO '${path}' (FORMAT parquet)`,
  ])
  return path
}

const writeOf = async (over: Partial<WriteRequest> & Pick<WriteRequest, 'source' | 'schema'>) =>
  offlineStore().write({
    destination: await stagingPath('parquet'),
    mode: 'strict',
    unknown: 'refuse',
    latestMicros: null,
    maximumFaults: 100,
    ...over,
  })

const rowsOf = async (path: string, schema: WriteSchema) =>
  (
    await offlineStore().rows({
      history: { schema, files: [{ path, commit: 'c', createdMicros: 5n }] },
      key: null,
      latest: false,
      limit: 100,
    })
  ).sort((a, b) => a.row - b.row)

const brief = (faults: RowFault[]) => faults.map(({ row, column, value, rule }) => [row, column, value, rule])

/** Writes one column of a Parquet file with the SQL values given, and answers fragments or the rule broken by row. */
async function convert(typeName: string, ...values: string[]): Promise<(string | null)[]> {
  const schema = schemaOf([feature('x', typeName)])
  const rows = values.map((value, i) => `(${i + 1}::BIGINT, '2023-01-01'::TIMESTAMP, ${value})`)
  const path = await parquet('id, seen_at, x', rows)
  const { file, faults, rejectedRows } = await writeOf({
    source: { kind: 'file', path, format: 'parquet' },
    schema,
    mode: 'quarantine',
  })
  expect(rejectedRows).toBe(faults.length)
  const written = file ? await rowsOf(file.path, schema) : []
  return values.map((_, i) => {
    const fault = faults.find(({ row }) => row === i + 1)
    return fault ? `! ${fault.rule}` : (written.find(({ row }) => row === i + 1)?.features[0] ?? 'lost')
  })
}

describe('a Parquet file converts exactly or is refused', () => {
  it.each([
    [
      'int64',
      ['1::DOUBLE', '1.5::DOUBLE', "'NaN'::DOUBLE", 'NULL', '1e19::DOUBLE'],
      ['1', '! integral', '! type', 'null', '! range'],
    ],
    ['int32', ['2147483647::BIGINT', '2147483648::BIGINT'], ['2147483647', '! range']],
    [
      'int64',
      ['9007199254740993::UBIGINT', '18446744073709551615::UBIGINT'],
      ['9007199254740993', '! range'],
    ],
    [
      'int64',
      ["'12'", "' 12'", "'1.0'", "'1.5'", "''", "'9223372036854775808'", "'1e3'"],
      ['12', '! type', '1', '! integral', '! type', '! range', '1000'],
    ],
    ['int64', ['1.00::DECIMAL(5,2)', '1.01::DECIMAL(5,2)'], ['1', '! integral']],
    ['int64', ['true'], ['! type']],
    [
      'float64',
      ['9007199254740992::BIGINT', '9007199254740993::BIGINT'],
      ['9007199254740992.0', '! precision'],
    ],
    [
      'float64',
      ["'1e400'", "'nan'", "'-inf'", "'1,5'", "'9007199254740993'", "'0.1'"],
      ['! range', '"NaN"', '"-Infinity"', '! type', '! precision', '0.1'],
    ],
    ['float32', ['0.1::DOUBLE', '1e39::DOUBLE', "'NaN'::DOUBLE"], ['0.1', '! range', '"NaN"']],
    ['float32', ['16777217::INTEGER', '16777216::INTEGER'], ['! precision', '16777216.0']],
    ['decimal(5,2)', ['1.5::DOUBLE', '0.125::DOUBLE', '1e6::DOUBLE'], ['"1.50"', '! precision', '! range']],
    [
      'decimal(5,2)',
      ['1.230::DECIMAL(9,3)', '1.234::DECIMAL(9,3)', '99999.0::DECIMAL(9,3)'],
      ['"1.23"', '! precision', '! range'],
    ],
    ['decimal(5,2)', ["'1.5'", "'1.234'", "'x'", "'1000'"], ['"1.50"', '! precision', '! type', '! range']],
    ['bool', ['true', 'NULL'], ['true', 'null']],
    ['bool', ["'TRUE'", "'1'"], ['true', '! type']],
    ['bool', ['1'], ['! type']],
    ['string', ["'a'", "''", "'x' || chr(0)"], ['"a"', '""', '! nul_character']],
    ['string', ['5'], ['! type']],
    ['bytes', ["'\\xAA'::BLOB"], ['"qg=="']],
    ['bytes', ["'qg=='", "'qh=='"], ['"qg=="', '! type']],
    [
      'date',
      ["'2023-01-01'::TIMESTAMP", "'2023-01-01 01:00:00'::TIMESTAMP"],
      ['"2023-01-01"', '! precision'],
    ],
    ['date', ["'2023-02-29'", "'2023-1-1'", "'2024-02-29'"], ['! range', '! type', '"2024-02-29"']],
    [
      'timestamp',
      ["'2023-01-01 00:00:00.123456'::TIMESTAMP_NS", "'2023-01-01 00:00:00.123456789'::TIMESTAMP_NS"],
      ['"2023-01-01T00:00:00.123456Z"', '! precision'],
    ],
    ['timestamp', ["'2023-01-01 00:00:00+05:30'::TIMESTAMPTZ"], ['"2022-12-31T18:30:00.000000Z"']],
    ['timestamp', ["'infinity'::TIMESTAMP", "'20000-01-01'::TIMESTAMP"], ['! range', '! range']],
    [
      'timestamp',
      ["'-infinity'::TIMESTAMPTZ", "'10000-01-01 00:00:00+00'::TIMESTAMPTZ"],
      ['! range', '! range'],
    ],
    [
      'timestamp',
      ["'1582-10-10 00:00:00+00'::TIMESTAMPTZ", "'0001-01-01 00:00:00+00'::TIMESTAMPTZ"],
      ['"1582-10-10T00:00:00.000000Z"', '"0001-01-01T00:00:00.000000Z"'],
    ],
    [
      'timestamp',
      [
        "'2023-06-01T01:30:00+05:30'",
        "'2023-06-01'",
        "'2023-06-01T24:00:00Z'",
        "'infinity'",
        "'2023-06-01T00:00:00.1234567Z'",
        "'2023-02-30T00:00:00Z'",
        "'1685577600'",
      ],
      [
        '"2023-05-31T20:00:00.000000Z"',
        '"2023-06-01T00:00:00.000000Z"',
        '! type',
        '! type',
        '! precision',
        '! range',
        '! type',
      ],
    ],
    ['timestamp', ['1685577600'], ['! type']],
    ['json', ["{'a': 1}", "{'a': 2}"], ['{"a":1}', '{"a":2}']],
    ['json', [`'{"a": 9007199254740993}'`, "'{'", "'null'"], ['{"a":9007199254740993}', '! type', 'null']],
    [
      'json',
      [`'{"a": NaN}'`, `'[1, ]'`, `'Infinity'`, `'{"a": 1, }'`, `'"NaN, ]"'`],
      ['! type', '! type', '! type', '! type', '"NaN, ]"'],
    ],
    [
      'json',
      [`'{ "a": 0.12345678901234567890123, "b b": [1e400] }'`, `'[ 0.5, "é" ]'`],
      ['{"a":0.12345678901234567890123,"b b":[1e400]}', '[0.5,"é"]'],
    ],
    [
      'json',
      [`'{"a":1,"a":2}'`, `'[{"b":{"c":1,"\\u0063":2}}]'`, `'[{"a":1},{"a":2},"a",":"]'`],
      ['! duplicate_member', '! duplicate_member', '[{"a":1},{"a":2},"a",":"]'],
    ],
    [
      'json',
      ["{'a': 'NaN'::DOUBLE, 'b': ',-Infinity'}", `{'a': 1.5, 'b': '"'}`],
      ['{"a":"NaN","b":",-Infinity"}', '{"a":1.5,"b":"\\""}'],
    ],
    ['json', ["['-inf'::FLOAT, 'inf'::FLOAT]"], ['["-Infinity","Infinity"]']],
    ['json', ["'nan'::DOUBLE", '-2.5::DOUBLE'], ['"NaN"', '-2.5']],
    [
      'array<json>',
      [`'["a", {"b": null}, null]'`, `'[{"a":1,"a":1}]'`],
      ['["a",{"b":null},null]', '! duplicate_member'],
    ],
    [
      'array<decimal(30,25)>',
      [`'[0.1234567890123456789012345, -1, "2"]'`, `'[NaN]'`],
      [
        '["0.1234567890123456789012345","-1.0000000000000000000000000","2.0000000000000000000000000"]',
        '! type',
      ],
    ],
    [
      'float32',
      [
        '16777217.0::DOUBLE',
        '16777216.0::DOUBLE',
        '1e30::DOUBLE',
        '3.4028234663852886e38::DOUBLE',
        '16777217.5::DOUBLE',
      ],
      ['! precision', '16777216.0', '1e+30', '3.4028235e+38', '16777218.0'],
    ],
    [
      'float32',
      ['16777217.00::DECIMAL(12,2)', '16777218.00::DECIMAL(12,2)', '0.10::DECIMAL(12,2)'],
      ['! precision', '16777218.0', '0.1'],
    ],
    [
      'float32',
      [
        "'16777217.0'",
        "'1.6777217e7'",
        "'16777217.5'",
        "'1e30'",
        "'3.4028234663852886e38'",
        "'123456789.000'",
      ],
      ['! precision', '! precision', '16777218.0', '1e+30', '3.4028235e+38', '! precision'],
    ],
    [
      'float64',
      ['9223372036854776000::UBIGINT', '9223372036854775807::UBIGINT'],
      ['9223372036854776000.0', '! precision'],
    ],
    ['decimal(10,6)', ['0.00001::DOUBLE', '1e-7::DOUBLE'], ['"0.000010"', '! precision']],
    [
      'array<json>',
      [`['{"a":1,"a":2}']`, `['{"a":1}', NULL, '{"a":2}']`, `['{"a":1}', 'x']`],
      ['! duplicate_member', '[{"a":1},null,{"a":2}]', '! type'],
    ],
    ['array<int64>', ['[1, NULL]', '[]', 'NULL'], ['[1,null]', '[]', 'null']],
    ['array<int64>', ['[1.0::DOUBLE]', '[1.5::DOUBLE]'], ['[1]', '! integral']],
    ['array<int64>', ["'[1,2]'", "'1,2'", `'["x"]'`], ['[1,2]', '! type', '! type']],
    [
      'embedding<2, l2>',
      ['[1.0::FLOAT, 0.1::FLOAT]', '[1.0::FLOAT]', "[1.0::FLOAT, 'NaN'::FLOAT]"],
      ['[1.0,0.1]', '! dimension', '! range'],
    ],
    ['embedding<2, l2>', ['[1.0, 2.0]::FLOAT[2]'], ['[1.0,2.0]']],
  ])('%s from %j', async (typeName, values, expected) => {
    expect(await convert(typeName, ...values)).toEqual(expected)
  })
})

describe('writing', () => {
  const schema = schemaOf([feature('x', 'int64')])

  it('names row, column, value and rule, and writes nothing when strict', async () => {
    const path = await parquet('id, seen_at, x', [
      "(1, '2023-01-01'::TIMESTAMP, 'a')",
      "(NULL, '2023-01-01'::TIMESTAMP, '2')",
      "(3, NULL, '3')",
      "(4, '2030-01-01'::TIMESTAMP, '4')",
      "(5, '2023-01-01'::TIMESTAMP, '5')",
    ])
    const request = {
      source: { kind: 'file' as const, path, format: 'parquet' as const },
      schema,
      latestMicros: 1_800_000_000_000_000n,
    }
    const strict = await writeOf(request)
    expect(strict.file).toBeNull()
    expect(strict.rejectedRows).toBe(4)
    expect(brief(strict.faults)).toEqual([
      [1, 'x', 'a', 'type'],
      [2, 'id', null, 'required'],
      [3, 'seen_at', null, 'required'],
      [4, 'seen_at', '2030-01-01 00:00:00', 'future'],
    ])
    const destination = await stagingPath('parquet')
    const kept = await writeOf({ ...request, mode: 'quarantine', destination })
    expect(kept.file).toMatchObject({
      rows: 1,
      minEventTimeMicros: 1_672_531_200_000_000n,
      path: destination,
    })
    expect((await rowsOf(destination, schema)).map(({ row, keys }) => [row, keys])).toEqual([[5, ['5']]])
    expect(existsSync(`${destination}.part`)).toBe(false)
  })

  it('names undeclared and missing columns', async () => {
    const path = await parquet('id, other', ['(1, 2)'])
    const source = { kind: 'file' as const, path, format: 'parquet' as const }
    await expect(writeOf({ source, schema })).rejects.toMatchObject({ code: 'invalid', message: /`other`/ })
    await expect(writeOf({ source, schema, unknown: 'ignore' })).rejects.toMatchObject({
      message: /`seen_at`/,
    })
  })

  it('says when a file is not what it is said to be', async () => {
    const path = await stagingPath('csv')
    await writeFile(path, 'id,seen_at,x\n1,2023-01-01,5\n2,2023-01-01,"broken\n')
    const broken = writeOf({ source: { kind: 'file', path, format: 'csv' }, schema })
    await expect(broken).rejects.toMatchObject({ code: 'not_parseable', message: /CSV/ })
    await expect(
      writeOf({ source: { kind: 'file', path, format: 'parquet' }, schema }),
    ).rejects.toMatchObject({
      code: 'not_parseable',
      message: expect.not.stringContaining('staging'),
    })
  })

  it('keeps a row with a quoted line break and tells null from the empty text', async () => {
    const texts = schemaOf([feature('x', 'string')])
    const path = await stagingPath('csv')
    await writeFile(
      path,
      'id,seen_at,x\r\n1,2023-01-01,"a\r\nb, ""c"""\r\n2,2023-01-01,\r\n3,2023-01-01,""\r\n',
    )
    const { file } = await writeOf({ source: { kind: 'file', path, format: 'csv' }, schema: texts })
    const rows = await rowsOf(file?.path ?? '', texts)
    expect(rows.map(({ features }) => features[0])).toEqual(['"a\\r\\nb, \\"c\\""', 'null', '""'])
  })

  it('computes derived features once and compares those that were brought', async () => {
    const derived = schemaOf(
      [feature('hours', 'float64', 'minutes / 60'), feature('whole', 'int32', 'floor(minutes / 60)')],
      [feature('minutes', 'float64')],
    )
    const path = await stagingPath('csv')
    const cells = (
      id: string,
      minutes: string | null,
      hours: string | null,
      row: string,
      operation = 'upsert',
    ) => stagedRow([id, '2023-01-01T00:00:00.000000', hours, null, minutes, row, operation])
    await writeFile(
      path,
      cells('1', '90.0', null, '1') + cells('2', '30.0', '0.5', '2') + cells('3', null, null, '3', 'delete'),
    )
    const { file, faults } = await writeOf({ source: { kind: 'staged', path }, schema: derived })
    expect(faults).toEqual([])
    const rows = await rowsOf(file?.path ?? '', derived)
    expect(rows.map(({ features, deleted }) => [deleted, features])).toEqual([
      [false, ['1.5', '1']],
      [false, ['0.5', '0']],
      [true, [null, null]],
    ])
    await writeFile(path, cells('1', '90.0', '2.0', '1'))
    expect(brief((await writeOf({ source: { kind: 'staged', path }, schema: derived })).faults)).toEqual([
      [1, 'hours', '2.0', 'derived'],
    ])
  })

  it.each([
    '(SELECT 1)',
    'random()',
    'now()',
    'minutes) FROM t --',
    'sum(minutes) OVER ()',
    '1, 2',
    'nothing + 1',
    'getenv(1)',
  ])('refuses the expression %s', async (expression) => {
    const derived = schemaOf([feature('y', 'float64', expression)], [feature('minutes', 'float64')])
    const path = await stagingPath('csv')
    await writeFile(path, stagedRow(['1', '2023-01-01T00:00:00.000000', null, '1.0', '1', 'upsert']))
    await expect(writeOf({ source: { kind: 'staged', path }, schema: derived })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('runs a transformation over its inputs alone', async () => {
    const input = await parquet('id, seen_at, x', [
      "(1, '2023-01-01'::TIMESTAMP, 1)",
      "(1, '2023-01-02'::TIMESTAMP, 2)",
    ])
    const inputs = [{ name: 'visits', path: input, format: 'parquet' as const }]
    const run = (sql: string) => writeOf({ source: { kind: 'select', sql, inputs }, schema })
    const { file } = await run(
      'WITH v AS (SELECT * FROM visits) SELECT id, max(seen_at) AS seen_at, sum(x)::BIGINT AS x FROM v GROUP BY id',
    )
    expect((await rowsOf(file?.path ?? '', schema)).map(({ features }) => features)).toEqual([['3']])
    for (const sql of [
      `SELECT * FROM read_parquet('${input}')`,
      `SELECT * FROM '${input}'`,
      `SELECT * FROM glob('/**')`,
      'SELECT * FROM other',
      'SELECT * FROM duckdb_settings()',
      "SELECT * FROM query_table(['visits'])",
      `WITH "${input}" AS (SELECT 1) SELECT * FROM "${input}"`,
      'DROP TABLE visits',
      'SELECT 1; SELECT 2',
      'SELECT nothing FROM visits',
    ]) {
      await expect(run(sql), sql).rejects.toMatchObject({ code: 'invalid' })
    }
  })

  it('answers an empty batch with no file', async () => {
    const path = await stagingPath('csv')
    await writeFile(path, '')
    expect((await writeOf({ source: { kind: 'staged', path }, schema })).file).toBeNull()
  })
})

describe('reading a range', () => {
  const schema = schemaOf([feature('x', 'int64')])
  it('gives both ends, leaves tombstones out and takes the newest per key', async () => {
    const path = await stagingPath('csv')
    const row = (id: number, day: number, x: string | null, n: number, operation = 'upsert') =>
      stagedRow([String(id), `2023-01-0${day}T00:00:00.000000`, x, String(n), operation])
    await writeFile(
      path,
      [
        row(1, 1, '1', 1),
        row(1, 2, '2', 2),
        row(2, 2, '3', 3),
        row(2, 3, null, 4, 'delete'),
        row(3, 4, '4', 5),
      ].join(''),
    )
    const { file } = await writeOf({ source: { kind: 'staged', path }, schema })
    expect(file?.tombstones).toBe(1)
    const range = async (latest: boolean, start: string | null, end: string | null) => {
      const micros = (day: string | null) => (day === null ? null : BigInt(Date.parse(day)) * 1000n)
      const answer = offlineStore().range({
        history: { schema, files: [{ path: file?.path ?? '', commit: 'c', createdMicros: 7n }] },
        features: ['x'],
        startMicros: micros(start),
        endMicros: micros(end),
        latest,
        knownAtMicros: null,
        systemColumns: true,
        limit: null,
      })
      return (await text(await answer.open('csv'))).split('\n').slice(1, -1)
    }
    expect(await range(false, '2023-01-02', '2023-01-04')).toEqual([
      '1,2023-01-02T00:00:00.000000Z,2,1970-01-01T00:00:00.000007Z,c,2',
      '2,2023-01-02T00:00:00.000000Z,3,1970-01-01T00:00:00.000007Z,c,3',
      '3,2023-01-04T00:00:00.000000Z,4,1970-01-01T00:00:00.000007Z,c,5',
    ])
    expect((await range(true, null, null)).map((line) => line.split(',')[0])).toEqual(['1', '3'])
  })
})

describe('rows of a history', () => {
  const schema = schemaOf([feature('x', 'int64')])
  it('come latest first, of one key or the newest of each', async () => {
    const commit = async (lines: string[]) => {
      const path = await stagingPath('csv')
      await writeFile(path, lines.join(''))
      return (await writeOf({ source: { kind: 'staged', path }, schema })).file?.path ?? ''
    }
    const row = (id: number, day: number, x: string | null, n: number, operation = 'upsert') =>
      stagedRow([String(id), `2023-01-0${day}T00:00:00.000000`, x, String(n), operation])
    const files = [
      {
        path: await commit([row(1, 2, '20', 1), row(2, 3, null, 2, 'delete')]),
        commit: 'b',
        createdMicros: 9n,
      },
      {
        path: await commit([row(1, 1, '10', 1), row(1, 2, '21', 2), row(2, 3, '30', 3)]),
        commit: 'a',
        createdMicros: 8n,
      },
    ]
    const rows = async (key: bigint | null, latest: boolean, limit = 10) =>
      (
        await offlineStore().rows({
          history: { schema, files },
          key: key === null ? null : [key],
          latest,
          limit,
        })
      ).map(({ keys, commit, row, deleted, features }) => [keys[0], commit, row, deleted, features[0]])
    expect(await rows(1n, false)).toEqual([
      ['1', 'b', 1, false, '20'],
      ['1', 'a', 2, false, '21'],
      ['1', 'a', 1, false, '10'],
    ])
    expect(await rows(null, true)).toEqual([
      ['2', 'b', 2, true, null],
      ['1', 'b', 1, false, '20'],
    ])
    expect(await rows(null, false, 1)).toHaveLength(1)
    expect(await rows(77n, true)).toEqual([])
  })
})
