import { writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, sql } from '@/db/client'
import { auditLog } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { parseJson } from '@/lib/core/json'
import { bytesOf, ingest, readOnline } from '@/lib/ingestion/testing'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { flushUsage } from '@/lib/usage'
import {
  type AnswerFormat,
  getHistoricalFeatures,
  getTrainingData,
  offlineStore,
  receiveHistoricalRequest,
} from '.'
import { stagingPath } from './duckdb/select-source'
import type { HistoricalInput } from './get-historical-features'

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

interface Table {
  columns: { name: string; type: string }[]
  rows: Record<string, unknown>[]
}

async function read(ctx: Context, request: object, format: AnswerFormat = 'json'): Promise<string> {
  return text((await getHistoricalFeatures(ctx, { request, upload: null, format })).stream)
}
// The answer in JSON has this form.
const table = async (ctx: Context, request: object) => parseJson(await read(ctx, request)) as Table

const spine = (rows: Record<string, unknown>[]) => ({ spine: { rows } })
const at = (customer_id: unknown, event_timestamp: string, more: object = {}) => ({
  customer_id,
  event_timestamp,
  ...more,
})

describe('historical reads', () => {
  it('give each spine row what was known at its time, in its order, extra columns kept', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-01', num_logins: 1, avg_session_duration: 2 },
      { customer_id: 1, interaction_date: '2026-05-03', num_logins: 3 },
    ])
    const request = {
      ...spine([
        at(1, '2026-05-03', { label: 'a' }),
        at(1, '2026-05-02T23:59:59Z', { label: 'b' }),
        at(2, '2026-05-03', { label: 'c' }),
      ]),
      features: [`${group}:avg_session_duration`, `${group}:num_logins`],
    }
    expect(await table(ctx, request)).toEqual({
      columns: [
        { name: 'customer_id', type: 'int64' },
        { name: 'event_timestamp', type: 'timestamp' },
        { name: 'label', type: 'string' },
        { name: 'avg_session_duration', type: 'float64' },
        { name: 'num_logins', type: 'int64' },
      ],
      rows: [
        {
          customer_id: 1,
          event_timestamp: '2026-05-03T00:00:00.000000Z',
          label: 'a',
          avg_session_duration: null,
          num_logins: 3,
        },
        {
          customer_id: 1,
          event_timestamp: '2026-05-02T23:59:59.000000Z',
          label: 'b',
          avg_session_duration: 2,
          num_logins: 1,
        },
        {
          customer_id: 2,
          event_timestamp: '2026-05-03T00:00:00.000000Z',
          label: 'c',
          avg_session_duration: null,
          num_logins: null,
        },
      ],
    })
    expect(await read(ctx, request, 'csv')).toBe(
      'customer_id,event_timestamp,label,avg_session_duration,num_logins\n' +
        '1,2026-05-03T00:00:00.000000Z,a,,3\n1,2026-05-02T23:59:59.000000Z,b,2.0,1\n2,2026-05-03T00:00:00.000000Z,c,,\n',
    )
    const lines = (await read(ctx, request, 'ndjson')).trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain('"avg_session_duration":2.0')
    const parquet = await getHistoricalFeatures(ctx, { request, upload: null, format: 'parquet' })
    expect((await text(parquet.stream)).slice(0, 4)).toBe('PAR1')
  })

  it('leave extra columns untouched, whatever they are called and hold', async () => {
    const ctx = producer()
    const group = await newGroup()
    const rows =
      '[{"customer_id":1,"event_timestamp":"2026-05-03","__rid":5,"_end":7,"__proto__":3,"constructor":4,"big":9223372036854775808}]'
    const request = {
      ...spine(parseJson(rows) as Record<string, unknown>[]),
      features: [`${group}:num_logins`],
    }
    expect(await read(ctx, request, 'ndjson')).toBe(
      '{"customer_id":1,"event_timestamp":"2026-05-03T00:00:00.000000Z","__rid":5,"_end":7,"__proto__":3,"constructor":4,"big":9223372036854775808,"num_logins":null}\n',
    )
    for (const name of ['', '__almanac_row', 'a\0b', '\ud800']) {
      const asked = { ...request, ...spine([at(1, '2026-05-03', { [name]: 1 })]) }
      await expect(read(ctx, asked)).rejects.toMatchObject({
        code: 'invalid',
        details: { errors: [{ column: name }] },
      })
    }
  })

  it('carry 9007199254740993 exactly through every road', async () => {
    const ctx = producer()
    const group = await newGroup()
    const wide = '9007199254740993'
    await ingest(
      ctx,
      group,
      `{"rows":[{"customer_id":${wide},"interaction_date":"2026-05-01","num_logins":${wide}}]}`,
    )
    const wideCsv = `customer_id,interaction_date,num_logins\n9007199254740995,2026-05-01,9007199254740995\n`
    await ingest(ctx, group, wideCsv, { contentType: 'text/csv' })
    const request = parseJson(
      `{"spine":{"rows":[{"customer_id":${wide},"event_timestamp":"2026-05-02"},{"customer_id":"9007199254740995","event_timestamp":"2026-05-02"}]},"features":["${group}:num_logins"]}`,
    )
    const values = (format: AnswerFormat) => read(ctx, request as object, format)
    for (const format of ['json', 'ndjson', 'csv'] as const) {
      const answer = await values(format)
      expect(answer.match(/900719925474099[35]/g)).toEqual([
        wide,
        wide,
        '9007199254740995',
        '9007199254740995',
      ])
    }
    const online = await readOnline(ctx, [`${group}:num_logins`], { customer_id: [wide, 9007199254740995n] })
    expect(online.values).toEqual([[9007199254740993n, 9007199254740995n]])
    const asText = await getHistoricalFeatures(ctx, {
      request,
      upload: null,
      format: 'json',
      int64AsString: true,
    })
    expect(await text(asText.stream)).toContain(`"num_logins":"${wide}"`)
  })

  it('read Parquet that they wrote back into a group', async () => {
    const ctx = producer()
    const [from, to] = [
      await newGroup(),
      await newGroup({
        features: [
          { name: 'num_logins', type: 'int64', contract: { max: 6 } },
          { name: 'avg_session_duration', type: 'float64' },
        ],
      }),
    ]
    await ingest(
      ctx,
      from,
      [1, 2, 7].map((id) => ({
        customer_id: id,
        interaction_date: '2026-05-01',
        num_logins: id,
        avg_session_duration: 0.1,
      })),
    )
    const { stream } = await getTrainingData(ctx, { group: from, latest: false, format: 'parquet' })
    const parquet = Buffer.concat(await stream.toArray())
    const input = { contentType: 'application/vnd.apache.parquet' }
    await expect(ingest(ctx, to, '', { ...input, bytes: bytesOf(parquet) })).rejects.toMatchObject({
      details: { errors: [{ row: 3, column: 'num_logins', rule: 'max' }] },
    })
    const answer = await ingest(ctx, to, '', { ...input, bytes: bytesOf(parquet), mode: 'quarantine' })
    expect(answer).toMatchObject({ accepted: 2, quarantined: 1, superseded: 0, online: { state: 'done' } })
    const online = await readOnline(ctx, [`${to}:num_logins`, `${to}:avg_session_duration`], {
      customer_id: [1, 2, 7],
    })
    expect(online.values).toEqual([
      [1, 2, null],
      [0.1, 0.1, null],
    ])
  })

  it('take the spine as a file in a multipart body', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [{ customer_id: 5, interaction_date: '2026-05-01', num_logins: 9 }])
    const body =
      '--xyz\r\nContent-Disposition: form-data; name="request"\r\n\r\n' +
      JSON.stringify({ features: [`${group}:num_logins`] }) +
      '\r\n--xyz\r\nContent-Disposition: form-data; name="spine"; filename="s.csv"\r\nContent-Type: text/csv\r\n\r\n' +
      'customer_id,event_timestamp\n5,2026-05-02\n5,2026-04-30\n\r\n--xyz--\r\n'
    const received = await receiveHistoricalRequest(
      'multipart/form-data; boundary=xyz',
      bytesOf(body.slice(0, 150), body.slice(150)),
    )
    const answer = await getHistoricalFeatures(ctx, { ...received, format: 'csv' })
    expect(await text(answer.stream)).toBe(
      'customer_id,event_timestamp,num_logins\n5,2026-05-02T00:00:00.000000Z,9\n5,2026-04-30T00:00:00.000000Z,\n',
    )
  })

  it('join one group twice in two roles', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-01', num_logins: 1 },
      { customer_id: 2, interaction_date: '2026-05-01', num_logins: 2 },
    ])
    const answer = await table(ctx, {
      ...spine([{ buyer: 1, seller: 2, event_timestamp: '2026-05-02' }]),
      features: ['bought:num_logins', 'sold:num_logins'],
      full_feature_names: true,
      join_keys: {
        bought: { group, keys: { customer_id: 'buyer' } },
        sold: { group, keys: { customer_id: 'seller' } },
      },
    })
    expect(answer.rows).toMatchObject([{ bought__num_logins: 1, sold__num_logins: 2 }])
  })

  it('at a known instant stay what they were', async () => {
    const group = await newGroup()
    await ingest(producer(new Date('2026-05-10T00:00:00Z')), group, [
      { customer_id: 1, interaction_date: '2026-05-01', num_logins: 1 },
    ])
    await ingest(producer(new Date('2026-05-20T00:00:00Z')), group, [
      { customer_id: 1, interaction_date: '2026-05-02', num_logins: 2 },
    ])
    const ctx = producer()
    const logins = async (known_at?: string) =>
      (await table(ctx, { ...spine([at(1, '2026-05-05')]), features: [`${group}:num_logins`], known_at }))
        .rows[0]?.num_logins
    expect(await logins()).toBe(2)
    expect(await logins('2026-05-15')).toBe(1)
    expect(await logins('2026-05-10T00:00:00Z')).toBe(1)
    expect(await logins('event')).toBe(null)
    await expect(logins('2026-07-01')).rejects.toMatchObject({ code: 'invalid' })
    const ahead = { ...spine([at(1, '2026-06-01T00:00:01Z')]), features: [`${group}:num_logins`] }
    expect((await table(ctx, ahead)).rows[0]?.num_logins).toBe(2)
    await expect(table(ctx, { ...ahead, known_at: 'event' })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/known_at' }] },
    })
  })

  it('take a spine that lies elsewhere from whoever keeps it, and say when nobody does', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [{ customer_id: 5, interaction_date: '2026-05-01', num_logins: 9 }])
    const path = await stagingPath('csv')
    await writeFile(path, 'customer_id,event_timestamp\n5,2026-05-02\n')
    const asked: unknown[] = []
    const keeper: HistoricalInput['openKept'] = (_, name, shape) => {
      asked.push(name)
      return offlineStore().openSpine({ ...shape, path, format: 'csv' })
    }
    const answered = async (named: object, openKept?: typeof keeper) => {
      const request = { spine: named, features: [`${group}:num_logins`] }
      return text(
        (await getHistoricalFeatures(ctx, { request, upload: null, openKept, format: 'csv' })).stream,
      )
    }
    const expected = 'customer_id,event_timestamp,num_logins\n5,2026-05-02T00:00:00.000000Z,9\n'
    expect(await answered({ upload: 'u1' }, keeper)).toBe(expected)
    expect(await answered({ dataset: 'churn@2' }, keeper)).toBe(expected)
    expect(asked).toEqual([
      { kind: 'upload', upload: 'u1' },
      { kind: 'dataset', dataset: 'churn@2' },
    ])
    for (const wrong of [{ upload: 'u1' }, {}, { rows: [], upload: 'u1' }, { file: 'x' }]) {
      await expect(answered(wrong)).rejects.toMatchObject({ code: 'invalid' })
    }
  })

  it('leave an audit row a group and are counted', async () => {
    const ctx = producer()
    const group = await newGroup()
    await table(ctx, { ...spine([at(1, '2026-05-05')]), features: [`${group}:num_logins`] })
    const [row] = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.resourceName, group))
      .orderBy(auditLog.id)
    const rows = await db().select().from(auditLog).where(eq(auditLog.action, 'group:read_offline'))
    expect(rows.filter((one) => one.resourceName === group)).toMatchObject([
      { verdict: 'allow', after: { rows: 1, features: ['num_logins'] } },
    ])
    expect(row).toBeDefined()
    await flushUsage()
    const used =
      await sql()`select side, feature, reads::int, cells::int from usage_minutes where group_name = ${group}`
    expect(used).toMatchObject([{ side: 'offline', feature: 'num_logins', reads: 1, cells: 1 }])
  })
})
