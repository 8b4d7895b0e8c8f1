import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { registerSource } from '@/lib/registry'
import { contextOf, mintName, mintTeam } from '@/lib/registry/testing'
import { bytesOf } from '../testing'
import { inEveryFormat } from '../testing/tables'
import { inferDefinition } from './infer-definition'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let ctx: Context
beforeAll(async () => {
  engine = await startEngineForTests()
  ctx = contextOf(['producer'], await mintTeam())
})
afterAll(() => engine.stop())

const csv = `sensor_id,measured_at,Temp (C),ok,note
1,2026-01-01T00:00:00Z,20.5,true,a
1,2026-01-02T00:00:00Z,21.5,false,
2,2026-01-01T00:00:00Z,-3.25,true,b
2,2026-01-02T00:00:00Z,,true,c
`
const infer = (contentType: string, body: string, name: string | null = 'sensors') =>
  inferDefinition(ctx, { name, contentType, bytes: bytesOf(body) })

describe('inferDefinition', () => {
  it('reads types, keys, time and statistics from a file', async () => {
    const found = await infer('text/csv', csv)
    expect(found.rows).toBe(4)
    expect(found.definition).toMatchObject({
      name: 'sensors',
      entity: { name: 'sensor', keys: [{ name: 'sensor_id', type: 'int64' }] },
      primary_key: ['sensor_id'],
      timestamp_key: 'measured_at',
      features: [
        { name: 'temp_c', type: 'float64' },
        { name: 'ok', type: 'bool' },
        { name: 'note', type: 'string' },
      ],
    })
    const temperature = found.columns.find((column) => column.name === 'temp_c')?.statistics
    expect(temperature).toMatchObject({ nulls: 1, distinct: 3, min: -3.25, max: 21.5 })
    expect(temperature?.mean).toBeCloseTo((20.5 + 21.5 - 3.25) / 3, 12)
  })

  it('reads the same of rows in every format', async () => {
    const formats = await inEveryFormat({
      columns: [
        { name: 'Buoy Id', kind: 'int' },
        { name: 'Read At', kind: 'text' },
        { name: 'n', kind: 'int' },
      ],
      rows: [
        [1n, '2026-01-01', 9007199254740993n],
        [2n, '2026-01-02', null],
      ],
    })
    for (const [contentType, bytes] of formats) {
      const found = await inferDefinition(ctx, { name: null, contentType, bytes: bytesOf(bytes) })
      expect(
        found.columns.map(({ column, name, type }) => [column, name, type]),
        contentType,
      ).toEqual([
        ['Buoy Id', 'buoy_id', 'int64'],
        ['Read At', 'read_at', 'date'],
        ['n', 'n', 'int64'],
      ])
      expect(String(found.columns[2]?.statistics.max), contentType).toBe('9007199254740993')
    }
  })

  it('reads NDJSON, and the file of a source', async () => {
    const ndjson = await infer(
      'application/x-ndjson',
      '{"k":"a","t":"2026-01-01","x":1}\n{"k":"b","t":"2026-01-01","x":2}\n',
    )
    expect(ndjson.columns.map((column) => column.name)).toEqual(['k', 't', 'x'])
    mkdirSync(join(env().home, 'sources'), { recursive: true })
    writeFileSync(join(env().home, 'sources', 'sensors.csv'), csv)
    const name = mintName('sensors')
    await registerSource(ctx, { name, kind: 'file', config: { path: 'sensors.csv', format: 'csv' } })
    expect((await infer('application/json', JSON.stringify({ source: name }))).rows).toBe(4)
  })

  it.each<[string, string, string, string]>([
    ['a type that is not read', 'image/png', 'x', 'unsupported_media_type'],
    ['Parquet that is none', 'application/vnd.apache.parquet', 'nonsense', 'not_parseable'],
    ['JSON that is none', 'application/json', '{', 'not_parseable'],
    ['an unknown source', 'application/json', '{"source":"not_there"}', 'not_found'],
    ['no source', 'application/json', '{}', 'invalid'],
    ['rows that are none', 'application/json', '{"rows":[{},1]}', 'invalid'],
  ])('refuses %s', async (_, contentType, body, code) => {
    await expect(infer(contentType, body)).rejects.toMatchObject({ code })
  })

  it('is refused to a viewer', async () => {
    const viewer = contextOf(['viewer'])
    const work = inferDefinition(viewer, { name: null, contentType: 'text/csv', bytes: bytesOf(csv) })
    await expect(work).rejects.toMatchObject({ code: 'forbidden' })
  })
})
