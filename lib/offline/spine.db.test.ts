import { writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DomainError } from '@/lib/core/errors'
import { formatFeatureType } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { stagingPath } from './duckdb/select-source'
import { duckDbStore as store } from './duckdb/store'
import { execute } from './engine-client'
import { type EngineProcess, startEngine } from './engine-supervisor'
import { writeRows } from './join.testing'
import type { Column, FileFormat, HistorySchema, Spine } from './port'

let engine: EngineProcess
let group: Awaited<ReturnType<typeof history>>
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
  group = await history()
})
afterAll(() => engine.stop())

const keys: Column[] = [{ name: 'id', type: { kind: 'int64' } }]
const schema: HistorySchema = {
  keys,
  eventTime: 'seen_at',
  features: [{ name: 'visits', type: { kind: 'int64' } }],
}

async function history() {
  const micros = BigInt(Date.parse('2023-01-01T00:00:00Z')) * 1000n
  const file = await writeRows(schema, [
    { key: [1001n], micros, deleted: false, features: [9007199254740993n] },
  ])
  if (!file) throw new Error('nothing was written')
  return { schema, files: [{ path: file.path, commit: 'c', createdMicros: 1n }] }
}

const joinOf = (spine: Spine, as = 'visits') =>
  store.join({
    spine,
    groups: [{ history: group, keys: { id: 'id' }, ttlSeconds: null, sourceDelaySeconds: 0 }],
    outputs: [{ group: 0, feature: 'visits', as }],
    knownAt: null,
  })

const refusal = async (promise: Promise<unknown>) => {
  const error = await promise.catch((caught: unknown) => caught)
  if (!(error instanceof DomainError)) throw new Error(`expected a DomainError, got ${String(error)}`)
  return {
    code: error.code,
    errors: (error.details.errors ?? []).map(({ row, column, rule, pointer }) => ({
      row,
      column,
      rule,
      pointer,
    })),
  }
}

async function file(format: FileFormat, content: string): Promise<string> {
  const path = await stagingPath(format)
  if (format === 'parquet') await execute([`COPY (${content}) TO '${path}' (FORMAT parquet)`])
  else await writeFile(path, content)
  return path
}

const open = async (format: FileFormat, content: string) =>
  store.openSpine({ path: await file(format, content), format, timestampColumn: 'time', keys })

const typesOf = (spine: Spine) => spine.columns.map(({ name, type }) => `${name} ${formatFeatureType(type)}`)

describe('a spine in a body', () => {
  const stage = (rows: string) =>
    store.stageSpine({ rows: parseJson(rows) as Record<string, unknown>[], timestampColumn: 'time', keys })

  it('keeps extra columns, their order and types, and every spelling of a key', async () => {
    const spine = await stage(
      `[{"note":"a\\n\\"b\\"","id":"1001","time":"2023-01-02","n":9007199254740993,"f":1.5,"ok":true,"mix":1},
        {"note":null,"id":1001.0,"time":"2023-01-01T01:00:00+01:00","n":1,"f":2,"ok":false,"mix":"x"},
        {"note":"","id":null,"time":"2023-01-01T00:00:00Z","n":2,"f":0,"ok":null,"mix":{"a":1}},
        {"id":1001,"time":"2022-12-31T23:59:59.999999Z","n":3,"f":1}]`,
    )
    expect(typesOf(spine)).toEqual([
      'note string',
      'id int64',
      'time timestamp',
      'n int64',
      'f float64',
      'ok bool',
      'mix json',
    ])
    const lines = (await text(await joinOf(spine).open('ndjson'))).split('\n').slice(0, -1)
    expect(lines).toEqual([
      '{"note":"a\\n\\"b\\"","id":1001,"time":"2023-01-02T00:00:00.000000Z","n":9007199254740993,"f":1.5,"ok":true,"mix":1,"visits":9007199254740993}',
      '{"note":null,"id":1001,"time":"2023-01-01T00:00:00.000000Z","n":1,"f":2.0,"ok":false,"mix":"x","visits":9007199254740993}',
      '{"note":"","id":null,"time":"2023-01-01T00:00:00.000000Z","n":2,"f":0.0,"ok":null,"mix":{"a":1},"visits":null}',
      '{"note":null,"id":1001,"time":"2022-12-31T23:59:59.999999Z","n":3,"f":1.0,"ok":null,"mix":null,"visits":null}',
    ])
    await spine.dispose()
  })

  it('names row and column of what does not convert', async () => {
    expect(
      await refusal(
        stage(
          '[{"id":1,"time":"2023-01-01"},{"id":1001.5,"time":"01/02/2023"},{"id":1,"time":null},{"id":2}]',
        ),
      ),
    ).toEqual({
      code: 'invalid',
      errors: [
        { row: 2, column: 'id', rule: 'integral', pointer: '/spine/rows/1/id' },
        { row: 2, column: 'time', rule: 'type', pointer: '/spine/rows/1/time' },
        { row: 3, column: 'time', rule: 'required', pointer: '/spine/rows/2/time' },
        { row: 4, column: 'time', rule: 'required', pointer: '/spine/rows/3/time' },
      ],
    })
    expect((await refusal(stage('[{"time":"2023-01-01"}]'))).errors).toEqual([
      expect.objectContaining({ column: 'id', rule: undefined }),
    ])
    expect((await refusal(stage('[{"id":1}]'))).errors).toEqual([expect.objectContaining({ column: 'time' })])
  })

  it('answers an empty spine with the right columns', async () => {
    const answer = joinOf(await stage('[]'))
    expect(answer.columns.map(({ name, type }) => `${name} ${type.kind}`)).toEqual([
      'id int64',
      'time timestamp',
      'visits int64',
    ])
    expect(await text(await answer.open('json'))).toBe(
      '{"columns":[{"name":"id","type":"int64"},{"name":"time","type":"timestamp"},{"name":"visits","type":"int64"}],"rows":[]}',
    )
    expect(await text(await answer.open('csv'))).toBe('id,time,visits\n')
  })

  it('refuses an answer with two columns of one name', async () => {
    const spine = await stage('[{"id":1,"time":"2023-01-01","visits":1}]')
    expect(() => joinOf(spine)).toThrow(/`visits`/)
    expect(joinOf(spine, 'group__visits').columns.at(-1)?.name).toBe('group__visits')
  })
})

describe('a spine in a file', () => {
  it.each([
    [
      'csv',
      'n,id,time,f,ok,code,note\n7,1001,2023-01-02,1.5,true,007,"a\nb"\n,1001.0,2023-01-01T00:00:00Z,2,FALSE,1,\n',
      'n int64,id int64,time timestamp,f float64,ok bool,code string,note string',
    ],
    [
      'ndjson',
      '{"n":7,"id":"1001","time":"2023-01-02","o":{"a":1}}\n{"id":1001,"time":"2023-01-01","n":null,"s":"x"}\n',
      'n int64,id int64,time timestamp,o json,s string',
    ],
    [
      'parquet',
      "SELECT 7::SMALLINT n, 1001::DOUBLE id, '2023-01-02 00:00:00+00'::TIMESTAMPTZ AS time, 1.5::FLOAT f, [1] l UNION ALL SELECT 8, 1001, '2023-01-01'::TIMESTAMPTZ, 2, NULL",
      'n int32,id int64,time timestamp,f float32,l json',
    ],
  ] as const)('keeps what a %s file has', async (format, content, types) => {
    const spine = await open(format, content)
    expect(typesOf(spine).join(',')).toBe(types)
    expect(spine.rows).toBe(2)
    const lines = (await text(await joinOf(spine).open('ndjson'))).split('\n').slice(0, -1)
    expect(lines.map((line) => /"time":"(.{10}).*"visits":(\d+)/.exec(line)?.slice(1))).toEqual([
      ['2023-01-02', '9007199254740993'],
      ['2023-01-01', '9007199254740993'],
    ])
  })

  it('names row and column of what does not convert', async () => {
    expect(await refusal(open('csv', 'id,time\n1,2023-01-01\nx,2023-01-01\n2,\n3,yesterday\n'))).toEqual({
      code: 'invalid',
      errors: [
        { row: 2, column: 'id', rule: 'type', pointer: '/spine/rows/1/id' },
        { row: 3, column: 'time', rule: 'required', pointer: '/spine/rows/2/time' },
        { row: 4, column: 'time', rule: 'type', pointer: '/spine/rows/3/time' },
      ],
    })
    expect((await refusal(open('csv', 'id,when\n1,2023-01-01\n'))).errors).toEqual([
      expect.objectContaining({ column: 'time' }),
    ])
  })

  it.each([
    ['007', '8'],
    ['1.0', '2'],
    ['12345678901234567890', '1'],
    ['0.1234567890123456789', '1'],
    ['00.5', '1'],
    ['+1', '2'],
    ['1', 'x'],
  ])('gives %s and %s of a CSV column back as they came', async (one, other) => {
    const spine = await open('csv', `id,time,x\n1,2023-01-01,${one}\n2,2023-01-01,${other}\n`)
    const lines = (await text(await joinOf(spine).open('csv'))).split('\n').slice(1, -1)
    const back = lines.map((line) => line.split(',')[2])
    expect(back.map((value, i) => (value === `${[one, other][i]}.0` ? [one, other][i] : value))).toEqual([
      one,
      other,
    ])
  })

  it.each([
    ['"007"', '"8"', 'string'],
    ['"true"', '"false"', 'string'],
    ['1', '"1"', 'json'],
    ['1', '2', 'int64'],
    ['1.0', '2', 'float64'],
    ['true', 'null', 'bool'],
    ['12345678901234567890', '1', 'json'],
  ])('keeps the JSON values %s and %s as %s', async (one, other, type) => {
    const spine = await open(
      'ndjson',
      `{"id":1,"time":"2023-01-01","x":${one}}\n{"id":2,"time":"2023-01-01","x":${other}}\n`,
    )
    expect(typesOf(spine)[2]).toBe(`x ${type}`)
    const lines = (await text(await joinOf(spine).open('ndjson'))).split('\n').slice(0, -1)
    const back = lines.map((line) => /"x":(.*),"visits"/.exec(line)?.[1])
    expect(back).toEqual(type === 'float64' ? ['1.0', '2.0'] : [one, other])
  })

  it('keeps instants in nanoseconds, and refuses times that do not fit a microsecond', async () => {
    const instant = (digits: string) => `'2023-01-02 00:00:00.${digits}'::TIMESTAMP_NS`
    const row = "SELECT 1001::BIGINT id, '2023-01-02'::TIMESTAMP AS time"
    const spine = await open('parquet', `${row}, ${instant('000001')} extra`)
    expect(typesOf(spine)[2]).toBe('extra timestamp')
    const lines = await text(await joinOf(spine).open('ndjson'))
    expect(lines).toContain('"extra":"2023-01-02T00:00:00.000001Z"')
    const file = `SELECT 1001::BIGINT id, ${instant('000000001')} AS time`
    expect((await refusal(open('parquet', file))).errors).toMatchObject([
      { row: 1, column: 'time', rule: 'precision' },
    ])
  })

  it('names the line that is no JSON', async () => {
    const good = '{"id":1,"time":"2023-01-01"}\n'
    for (const bad of ['not json\n', '{"id":1}}\n'])
      await expect(open('ndjson', `${good}${bad}${good}`)).rejects.toMatchObject({
        code: 'not_parseable',
        message: expect.stringMatching(/in line 2: [a-z ]+\.\s*$/),
      })
  })

  it('gives extra columns that no type holds back as their texts', async () => {
    const instant = "'2023-01-02 00:00:00.000000001'::TIMESTAMP_NS"
    const spine = await open(
      'parquet',
      `SELECT 1001::BIGINT id, '2023-01-02'::TIMESTAMP AS time, ${instant} fine, '01:02:03'::TIME clock`,
    )
    expect(typesOf(spine).slice(2)).toEqual(['fine string', 'clock string'])
    const lines = await text(await joinOf(spine).open('ndjson'))
    expect(lines).toContain('"fine":"2023-01-02T00:00:00.000000001Z","clock":"01:02:03"')
  })

  it('keeps the order of a large file', async () => {
    const spine = await open(
      'parquet',
      "SELECT i AS n, 1001 AS id, TIMESTAMP '2023-01-02' AS time FROM range(300000) r(i)",
    )
    const csv = (await text(await joinOf(spine).open('csv'))).split('\n')
    expect(csv.length).toBe(300_002)
    expect(
      csv
        .slice(1, -1)
        .every((line, i) => line.startsWith(`${i},1001,`) && line.endsWith(',9007199254740993')),
    ).toBe(true)
  })
})
