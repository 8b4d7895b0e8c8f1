import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatFeatureType, parseFeatureType } from '@/lib/core/feature-type'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { stagingPath } from './duckdb/select-source'
import { duckDbStore as store } from './duckdb/store'
import { execute } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'
import type { Column, FileFormat } from './port'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const column = (name: string, typeName: string): Column => ({
  name,
  type: parseFeatureType(typeName) ?? { kind: 'string' },
})

async function parquet(select: string): Promise<string> {
  const path = await stagingPath('parquet')
  await execute([`COPY (${select}) TO '${path}' (FORMAT parquet)`])
  return path
}

async function profileOf(select: string, one: Column, edges?: number[]) {
  const source = { path: await parquet(select), format: 'parquet' as const, columns: [one] }
  const profile = await store.profile({
    source,
    columns: [one.name],
    fromMicros: null,
    toMicros: null,
    ...(edges ? { edges: { [one.name]: edges } } : {}),
  })
  const [found] = profile.columns
  if (!found) throw new Error('no profile')
  return found
}

describe('profiles', () => {
  it('counts what is not a number apart and bins right-closed', async () => {
    const select =
      "SELECT unnest(['1', '2', '2', '3', '4', 'NaN', 'Infinity', '-Infinity', NULL]::DOUBLE[]) AS x"
    expect(await profileOf(select, column('x', 'float64'), [2, 3])).toMatchObject({
      rows: 9,
      nulls: 1,
      nan: 1,
      positiveInfinity: 1,
      negativeInfinity: 1,
      distinct: 7,
      min: 1,
      max: 4,
      mean: 2.4,
      m2: expect.closeTo(5.2, 12),
      standardDeviation: expect.closeTo(Math.sqrt(1.3), 12),
      histogram: { edges: [2, 3], counts: [3, 1, 1] },
      top: expect.arrayContaining([
        { value: '2.0', count: 2 },
        { value: '"NaN"', count: 1 },
      ]),
    })
  })

  it('gives deciles of type 7', async () => {
    const { deciles } = await profileOf('SELECT unnest([10, 20, 30, 40]) AS x', column('x', 'int32'))
    expect(deciles?.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([
      13, 16, 19, 22, 25, 28, 31, 34, 37,
    ])
  })

  it('does not overflow on very large values', async () => {
    const { mean, m2, max } = await profileOf('SELECT unnest([1e200, 3e200]) AS x', column('x', 'float64'))
    expect(mean).toBeCloseTo(2e200, -190)
    expect(m2).toBeNull()
    expect(max).toBe(3e200)
  })

  it.each([
    [
      'SELECT NULL::DOUBLE AS x',
      'float64',
      { nulls: 1, min: null, mean: null, histogram: null, deciles: null, top: [] },
    ],
    [
      'SELECT 5 AS x FROM range(3)',
      'int64',
      { min: 5, max: 5, m2: 0, histogram: { edges: [], counts: [3] }, distinct: 1 },
    ],
    ['SELECT 1 AS x WHERE FALSE', 'int64', { rows: 0, mean: null, distinct: 0 }],
    [
      'SELECT unnest([true, false, true, NULL]) AS x',
      'bool',
      { trues: 2, nulls: 1, mean: null, distinct: 2 },
    ],
    [
      "SELECT unnest(['b', 'a', 'b']) AS x",
      'string',
      {
        least: '"a"',
        greatest: '"b"',
        top: [
          { value: '"b"', count: 2 },
          { value: '"a"', count: 1 },
        ],
      },
    ],
    [
      "SELECT unnest([DATE '2023-01-02', DATE '2023-01-01']) AS x",
      'date',
      { least: '"2023-01-01"', greatest: '"2023-01-02"' },
    ],
    ["SELECT TIMESTAMP '2023-01-01' AS x", 'timestamp', { least: '"2023-01-01T00:00:00.000000Z"' }],
    ['SELECT unnest([0.1, 0.1]::FLOAT[]) AS x', 'float32', { top: [{ value: '0.1', count: 2 }] }],
    ['SELECT 9007199254740993 AS x', 'int64', { least: '9007199254740993', greatest: '9007199254740993' }],
    ['SELECT 1.25::DECIMAL(5,2) AS x', 'decimal(5,2)', { mean: 1.25, least: '"1.25"' }],
    [
      'SELECT unnest([[1, 2], [1, 2]]) AS x',
      'array<int32>',
      { distinct: 1, top: [{ value: '[1,2]', count: 2 }], least: null },
    ],
  ])('%s', async (select, typeName, expected) => {
    expect(await profileOf(select, column('x', typeName))).toMatchObject(expected)
  })

  it('covers equal bins from least to greatest by default', async () => {
    const { histogram } = await profileOf('SELECT i AS x FROM range(1000) r(i)', column('x', 'int64'))
    expect(histogram?.edges).toHaveLength(19)
    expect(histogram?.counts).toHaveLength(20)
    expect(histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(1000)
  })

  it('reads a window of a history without its tombstones', async () => {
    const path = await parquet(
      "SELECT i AS id, TIMESTAMP '2023-01-01' + to_days(i::INTEGER) AS seen_at, i AS x, i + 1 AS _row, " +
        "CASE WHEN i = 3 THEN 'delete' ELSE 'upsert' END AS _op FROM range(10) r(i)",
    )
    const schema = { keys: [column('id', 'int64')], eventTime: 'seen_at', features: [column('x', 'int64')] }
    const day = (n: number) => BigInt(Date.parse(`2023-01-0${n}`)) * 1000n
    const profile = await store.profile({
      source: { schema, files: [{ path, commit: 'c', createdMicros: 1n }] },
      columns: ['x'],
      fromMicros: day(2),
      toMicros: day(6),
    })
    expect(profile).toMatchObject({
      rows: 3,
      tombstones: 1,
      minEventTimeMicros: day(2),
      maxEventTimeMicros: day(5),
    })
    expect(profile.columns[0]).toMatchObject({ rows: 3, min: 1, max: 4 })
  })
})

describe('inference', () => {
  const inferOf = async (format: FileFormat, content: string) => {
    const path = await stagingPath(format)
    await writeFile(path, content)
    return store.infer(path, format)
  }
  const types = (inferred: Awaited<ReturnType<typeof inferOf>>) =>
    inferred.columns.map(({ name, type }) => `${name} ${formatFeatureType(type)}`)

  it('finds types, key and time of a CSV', async () => {
    const rows = Array.from(
      { length: 2000 },
      (_, i) =>
        `${i % 50},00${i % 7},2023-01-01T00:${String(i % 60).padStart(2, '0')}:00Z,${i / 4},${i % 2 === 0},"[1,2]",`,
    )
    const inferred = await inferOf(
      'csv',
      `customer_id,zip,seen_at,amount,active,pair,empty\n${rows.join('\n')}\n`,
    )
    expect(types(inferred)).toEqual([
      'customer_id int64',
      'zip string',
      'seen_at timestamp',
      'amount float64',
      'active bool',
      'pair array<int64>',
      'empty string',
    ])
    expect(inferred).toMatchObject({ rows: 2000, eventTimeColumn: 'seen_at' })
    expect(inferred.keyCandidates[0]).toContain('customer_id')
    expect(inferred.profiles.find(({ name }) => name === 'amount')).toMatchObject({
      min: 0,
      max: 499.75,
      mean: 249.875,
    })
  })

  it('looks at every row, not at the first ones', async () => {
    const rows = [...Array.from({ length: 5000 }, (_, i) => String(i)), 'n/a']
    expect(types(await inferOf('csv', `x\n${rows.join('\n')}\n`))).toEqual(['x string'])
  })

  it('prefers a column named like a key, however the name is written', async () => {
    const line = (i: number) =>
      `${i % 4 === 0 ? 'good' : 'bad'},${i % 40},2026-01-${(i % 28) + 1}T0${i % 9}:00:${i % 60}Z,${i}`
    const lines = Array.from({ length: 60 }, (_, i) =>
      line(i)
        .replace(/-(\d)T/, '-0$1T')
        .replace(/:(\d)Z/, ':0$1Z'),
    )
    for (const key of ['Buoy ID', 'buoyId', 'buoy-id']) {
      const inferred = await inferOf('csv', `quality,${key},Measured At,reading\n${lines.join('\n')}\n`)
      expect(inferred).toMatchObject({ eventTimeColumn: 'Measured At' })
      expect(inferred.keyCandidates[0]).toContain(key)
    }
  })

  it('finds types of NDJSON and Parquet', async () => {
    const lines =
      '{"id":1,"at":"2023-01-01","tags":["a"],"o":{"k":1}}\n{"id":9007199254740993,"at":"2023-01-02","tags":[],"o":null}\n'
    expect(types(await inferOf('ndjson', lines))).toEqual([
      'id int64',
      'at date',
      'tags array<string>',
      'o json',
    ])
    const path = await parquet(
      "SELECT 1::SMALLINT a, 0.5::FLOAT b, 1.5::DECIMAL(9,3) c, [1.5] d, TIMESTAMPTZ '2023-01-01' e, {'x': 1} f, 'q'::BLOB g",
    )
    expect(types(await store.infer(path, 'parquet'))).toEqual([
      'a int32',
      'b float32',
      'c decimal(9,3)',
      'd array<decimal(2,1)>',
      'e timestamp',
      'f json',
      'g bytes',
    ])
  })

  it('says when a file cannot be read', async () => {
    await expect(inferOf('parquet', 'no parquet')).rejects.toMatchObject({ code: 'not_parseable' })
    await expect(inferOf('ndjson', '{"a":1}\n{broken\n')).rejects.toMatchObject({ code: 'not_parseable' })
    await expect(inferOf('csv', 'a,b\n1,2\n1,2,3\n')).rejects.toMatchObject({ code: 'not_parseable' })
    await expect(inferOf('csv', '')).rejects.toMatchObject({ code: 'not_parseable' })
    await expect(inferOf('csv', 'a,a\n1,2\n')).rejects.toMatchObject({ code: 'invalid' })
    await expect(inferOf('csv', 'a,,b\n1,2,3\n')).rejects.toMatchObject({ code: 'invalid' })
    expect(await inferOf('csv', '\ufeffa,b')).toMatchObject({
      rows: 0,
      columns: [{ name: 'a' }, { name: 'b' }],
    })
  })
})
