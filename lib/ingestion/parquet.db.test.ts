import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { listQuarantine, replayQuarantine } from '.'
import { applyDueRows } from './due-rows'
import { bytesOf, ingest, parquetOf, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now) => contextOf(['producer'], team, { now: () => at })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name

async function ingestParquet(group: string, select: string, mode: 'strict' | 'quarantine' = 'strict') {
  const body = await parquetOf(select)
  const bytes = (async function* () {
    yield body
  })()
  return ingest(producer(), group, '', { contentType: 'application/vnd.apache.parquet', bytes, mode })
}

const row = (id: number, time: string, logins: string, operation = 'null') =>
  `select ${id} as customer_id, timestamp '${time}' as interaction_date, ${logins}::bigint as num_logins, ${operation}::varchar as _op`

describe('Parquet', () => {
  it('brings rows, tombstones and rows of the nearer future', async () => {
    const group = await newGroup()
    const answer = await ingestParquet(
      group,
      [
        row(1, '2026-05-01 00:00:00', '1'),
        row(2, '2026-05-01 00:00:00', '2'),
        row(2, '2026-05-02 00:00:00', 'null', "'delete'"),
        row(1, '2026-06-01 01:00:00', '9007199254740993'),
        row(1, '2026-06-01 02:00:00', 'null', "'delete'"),
      ].join(' union all '),
    )
    expect(answer).toMatchObject({ accepted: 5, superseded: 1, online: { state: 'done' } })
    const at = async (instant: string) => {
      await applyDueRows(new Date(instant))
      const read = await readOnline(producer(new Date(instant)), [`${group}:num_logins`], {
        customer_id: [1, 2],
      })
      return [read.values[0], read.statuses[0]]
    }
    expect(await at('2026-06-01T00:00:00Z')).toEqual([
      [1, null],
      ['PRESENT', 'NOT_FOUND'],
    ])
    expect((await at('2026-06-01T01:30:00Z'))[0]).toEqual([9007199254740993n, null])
    expect((await at('2026-06-01T02:00:00Z'))[1]).toEqual(['NOT_FOUND', 'NOT_FOUND'])
  })

  it('names row and column of what its types do not say', async () => {
    const group = await newGroup()
    const bad = `${row(1, '2026-05-01 00:00:00', '1')} union all ${row(2, '2026-05-01 00:00:00', '-5')} union all ${row(3, '2999-01-01 00:00:00', '1')}`
    await expect(ingestParquet(group, bad)).rejects.toMatchObject({
      details: {
        errors: [
          { row: 2, column: 'num_logins', rule: 'min' },
          { row: 3, column: 'interaction_date', rule: 'future' },
        ],
        extensions: { accepted: 0, rejected: 2 },
      },
    })
    const answer = await ingestParquet(group, bad, 'quarantine')
    expect(answer).toMatchObject({ accepted: 1, quarantined: 2 })
    expect(answer.errors.map(({ row: number, rule }) => [number, rule])).toEqual([
      [2, 'min'],
      [3, 'future'],
    ])
    const fraction = `select 1.5::double as customer_id, date '2026-05-01' as interaction_date`
    await expect(ingestParquet(group, fraction)).rejects.toMatchObject({
      details: { errors: [{ row: 1, column: 'customer_id' }] },
    })
    const unknown = `select 1 as customer_id, date '2026-05-01' as interaction_date, 1 as mystery`
    await expect(ingestParquet(group, unknown)).rejects.toMatchObject({
      details: { errors: [{ column: 'mystery' }] },
    })
  })

  it('refuses an instant that is finer than a microsecond, also with a zone', async () => {
    const group = await newGroup({
      features: [{ name: 'with_zone', type: 'timestamp' }],
      entity: { name: `finer_${team.name}`, keys: [{ name: 'name', type: 'string' }] },
      primary_key: ['name'],
      timestamp_key: 'micros',
    })
    const folder = join(import.meta.dirname, '..', 'offline', 'duckdb', 'testing')
    const bytes = bytesOf(await readFile(join(folder, 'nanoseconds.parquet')))
    const contentType = 'application/vnd.apache.parquet'
    await expect(
      ingest(producer(), group, '', { contentType, bytes, mode: 'strict', unknown: 'ignore' }),
    ).rejects.toMatchObject({
      details: {
        errors: [
          { row: 1, column: 'with_zone', rule: 'precision' },
          { row: 2, column: 'micros', rule: 'required' },
        ],
      },
    })
  })

  it('keeps a bad row whole, so that it can be corrected and replayed', async () => {
    const features = [
      { name: 'num_logins', type: 'int64', contract: { min: 0 } },
      { name: 'note', type: 'string' },
      { name: 'scores', type: 'array<float64>' },
      { name: 'total', type: 'int64', expression: 'num_logins + bonus' },
    ]
    const group = await newGroup({ features, inputs: [{ name: 'bonus', type: 'int64' }] })
    const bad = (id: string, logins: string) =>
      `select ${id} as customer_id, timestamp '2026-05-01 08:00:00' as interaction_date, ${logins} as num_logins, ` +
      `'it''s' as note, [1.5, 'nan'::double] as scores, 9007199254740993 as bonus`
    const select = `${bad('1', '2.5')} union all ${bad('2', '-1')}`
    expect(await ingestParquet(group, select, 'quarantine')).toMatchObject({ accepted: 0, quarantined: 2 })
    const { data } = await listQuarantine(producer(), { group, state: 'held', limit: 10 })
    const rest = {
      interaction_date: '2026-05-01T08:00:00.000000Z',
      note: "it's",
      scores: [1.5, 'NaN'],
      bonus: 9007199254740993n,
    }
    expect(data.map((held) => held.row)).toMatchObject([
      { customer_id: 1, num_logins: '2.5', ...rest },
      { customer_id: 2, num_logins: '-1.0', ...rest },
    ])
    const rows = data.map(({ id, row: kept }) => ({ id, row: { ...kept, num_logins: 7 } }))
    expect(await replayQuarantine(producer(), { group, to: 'both' }, { rows })).toMatchObject({ accepted: 2 })
    expect((await readOnline(producer(), [`${group}:total`], { customer_id: [2] })).values).toEqual([
      [9007199254741000n],
    ])
  })

  it('holds the whole batch to shares of nulls and unique values', async () => {
    const features = [{ name: 'num_logins', type: 'int64', contract: { max_null_share: 0.4, unique: true } }]
    const group = await newGroup({ features })
    const rows = (...values: string[]) =>
      values
        .map(
          (value, id) =>
            `select ${id} as customer_id, timestamp '2026-05-01' as interaction_date, ${value}::bigint as num_logins`,
        )
        .join(' union all ')
    await expect(ingestParquet(group, rows('1', 'null', 'null'))).rejects.toMatchObject({
      details: { errors: [{ rule: 'max_null_share' }] },
    })
    await expect(ingestParquet(group, rows('1', '2', '1'))).rejects.toMatchObject({
      details: { errors: [{ rule: 'unique' }] },
    })
    expect(await ingestParquet(group, rows('1', '2', 'null'))).toMatchObject({ accepted: 3 })
  })
})
