import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, commits, quarantinedRows } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { stringifyJson } from '@/lib/core/json'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import {
  discardQuarantine,
  holdQuarantine,
  listCommits,
  listQuarantine,
  replayQuarantine,
  streamRows,
} from '.'
import { revertCommit } from './revert/revert-commit'
import { bytesOf, ingest, ingestInput, parquetOf, readOnline } from './testing'

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

describe('quarantine', () => {
  it('keeps bad rows with what was wrong; corrected, they come in as one commit', async () => {
    const ctx = producer()
    const group = await newGroup()
    const body =
      '{"rows":[{"customer_id":1,"interaction_date":"2026-05-01","num_logins":1},' +
      '{"customer_id":9007199254740993,"interaction_date":"2026-05-01","num_logins":-4},{"customer_id":"x","interaction_date":"2026-05-01"}]}'
    const answer = await ingest(ctx, group, body, { mode: 'quarantine' })
    expect(answer).toMatchObject({
      accepted: 1,
      rejected: 0,
      quarantined: 2,
      errors: [
        { row: 2, rule: 'min' },
        { row: 3, rule: 'type' },
      ],
    })
    const held = await listQuarantine(ctx, { group, state: 'held', limit: 10 })
    expect(held.meta.total).toBe(2)
    const [first, second] = held.data
    expect(first).toMatchObject({
      commit: answer.commit,
      row_number: 2,
      row: { customer_id: 9007199254740993n, num_logins: -4 },
    })
    const ids = { first: first?.id ?? '', second: second?.id ?? '' }
    await expect(
      replayQuarantine(ctx, { group, to: 'both' }, { rows: [{ id: ids.first }] }),
    ).rejects.toMatchObject({ code: 'invalid' })
    const corrected = { ...first?.row, num_logins: 4 }
    const replayed = await replayQuarantine(
      ctx,
      { group, to: 'both' },
      { rows: [{ id: ids.first, row: corrected }] },
    )
    expect(replayed).toMatchObject({ accepted: 1 })
    expect(
      (await readOnline(ctx, [`${group}:num_logins`], { customer_id: ['9007199254740993'] })).values,
    ).toEqual([[4]])
    await expect(
      replayQuarantine(ctx, { group, to: 'both' }, { rows: [{ id: ids.first }] }),
    ).rejects.toMatchObject({ code: 'conflict' })
    const [came] = (await listQuarantine(ctx, { group, state: 'replayed', limit: 10 })).data
    expect(came).toMatchObject({
      row: { num_logins: -4 },
      replayed: { commit: replayed.commit, by: ctx.actor.name, row: corrected },
      discarded: null,
    })
    const heldOf = async () =>
      (await listCommits(ctx, { group, limit: 10 })).data.map((one) => [one.quarantined, one.held])
    expect(await heldOf()).toContainEqual([2, 1])
    const states = await db().select({ state: quarantinedRows.state }).from(quarantinedRows)
    expect(states.map(({ state }) => state).sort()).toEqual(['held', 'replayed'])
  })

  it('gives rows up with a reason, and holds them again', async () => {
    const ctx = producer()
    const group = await newGroup()
    const bad = { customer_id: 1, interaction_date: '2026-05-01', num_logins: -1 }
    await ingest(ctx, group, [bad, { ...bad, customer_id: 2 }], { mode: 'quarantine' })
    const idsOf = async (state: 'held' | 'discarded') =>
      (await listQuarantine(ctx, { group, state, limit: 10 })).data.map(({ id }) => id)
    const [first = '', second = ''] = await idsOf('held')
    const reason = 'A test reading.'
    await expect(discardQuarantine(ctx, { group }, { rows: [first], reason: ' ' })).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(
      discardQuarantine(ctx, { group }, { rows: [first, 'no_such_row'], reason }),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await discardQuarantine(ctx, { group }, { rows: [first], reason })).toEqual({ rows: 1 })
    expect(await idsOf('held')).toEqual([second])
    const [given] = (await listQuarantine(ctx, { group, state: 'discarded', limit: 10 })).data
    expect(given).toMatchObject({ id: first, discarded: { reason, by: ctx.actor.name } })
    await expect(
      replayQuarantine(ctx, { group, to: 'both' }, { rows: [{ id: first }] }),
    ).rejects.toMatchObject({
      code: 'conflict',
    })
    const reasons = await db().select({ reason: auditLog.reason }).from(auditLog)
    expect(reasons).toContainEqual({ reason: `Quarantined rows discarded: ${reason}` })
    expect(await holdQuarantine(ctx, { group }, { rows: [first] })).toEqual({ rows: 1 })
    expect(await idsOf('held')).toEqual([first, second])
    const viewer = contextOf(['viewer'], team, { now: () => now })
    await expect(discardQuarantine(viewer, { group }, { rows: [first], reason })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('keeps rows of a CSV as the JSON that means the same, so that they can be replayed', async () => {
    const ctx = producer()
    const features = [
      { name: 'active', type: 'bool' },
      { name: 'hours', type: 'array<int64>' },
      { name: 'plan', type: 'json' },
      { name: 'num_logins', type: 'int64', contract: { min: 0 } },
      { name: 'note', type: 'string' },
    ]
    const group = await newGroup({ features })
    const csv = [
      'customer_id,interaction_date,active,hours,plan,num_logins,note',
      '1,2026-05-01,TRUE,"[9007199254740993,2]","{""tier"":1}",-1,""',
      '2,2026-05-01,maybe,[1],{},-1,',
      '',
    ].join('\n')
    await ingest(ctx, group, csv, { mode: 'quarantine', contentType: 'text/csv' })
    const { data } = await listQuarantine(ctx, { group, state: 'held', limit: 10 })
    const [first, second] = data
    expect(first?.row).toEqual({
      customer_id: '1',
      interaction_date: '2026-05-01',
      active: true,
      hours: [9007199254740993n, 2],
      plan: { tier: 1 },
      num_logins: '-1',
      note: '',
    })
    expect(second?.row).toMatchObject({ active: 'maybe', note: null })
    const corrected = { id: first?.id, row: { ...first?.row, num_logins: '1' } }
    expect(await replayQuarantine(ctx, { group, to: 'both' }, { rows: [corrected] })).toMatchObject({
      accepted: 1,
    })
  })

  it('keeps rows of a Parquet file likewise, whatever the types of its columns are', async () => {
    const ctx = producer()
    const features = [
      { name: 'active', type: 'bool' },
      { name: 'hours', type: 'array<int64>' },
      { name: 'flags', type: 'array<bool>' },
      { name: 'plan', type: 'json' },
      { name: 'shape', type: 'json' },
      { name: 'rate', type: 'json' },
      { name: 'vector', type: 'embedding<2, l2>' },
      { name: 'num_logins', type: 'int64', contract: { min: 0 } },
    ]
    const group = await newGroup({ features })
    const rowOf = (key: number, logins: number) =>
      `SELECT ${key}::BIGINT AS customer_id, '2026-05-01' AS interaction_date, 'TRUE' AS active, ` +
      `'[9007199254740993, 2]' AS hours, ['true', NULL] AS flags, '{"tier": 0.12345678901234567890123}' AS plan, ` +
      `{'a': [1.5::DOUBLE, 'nan'::DOUBLE]} AS shape, 1.10::DECIMAL(5,2) AS rate, '[1, 2.5]' AS vector, ` +
      `${logins}::BIGINT AS num_logins`
    const bytes = bytesOf(await parquetOf(`${rowOf(1, -1)} UNION ALL ${rowOf(2, 1)}`))
    const contentType = 'application/vnd.apache.parquet'
    await ingest(ctx, group, '', { mode: 'quarantine', contentType, bytes })
    const [held] = (await listQuarantine(ctx, { group, state: 'held', limit: 10 })).data
    expect(held?.row).toMatchObject({ active: true, hours: [9007199254740993n, 2], flags: [true, null] })
    expect(held?.row).toMatchObject({ shape: { a: [1.5, 'NaN'] }, vector: [1, 2.5] })
    const corrected = { id: held?.id, row: { ...held?.row, num_logins: 1 } }
    await replayQuarantine(ctx, { group, to: 'both' }, { rows: [corrected] })
    const names = features.map(({ name }) => `${group}:${name}`)
    const { values } = await readOnline(ctx, names, { customer_id: [1, 2] })
    for (const [replayed, sent] of values) expect(stringifyJson(replayed)).toBe(stringifyJson(sent))
  })

  it('keeps rows whole whose derived feature disagrees', async () => {
    const ctx = producer()
    const features = [
      { name: 'num_logins', type: 'int64' },
      { name: 'flags', type: 'array<bool>' },
      { name: 'twice', type: 'int64', expression: 'num_logins * 2' },
    ]
    const group = await newGroup({ features })
    const row = {
      customer_id: 1,
      interaction_date: '2026-05-01T00:00:00.000000Z',
      num_logins: 2,
      flags: [true, null],
    }
    const answer = await ingest(ctx, group, [row, { ...row, customer_id: 2, twice: 5 }], {
      mode: 'quarantine',
    })
    expect(answer).toMatchObject({ accepted: 1, quarantined: 1, errors: [{ row: 2, rule: 'derived' }] })
    const [held] = (await listQuarantine(ctx, { group, state: 'held', limit: 10 })).data
    expect(held?.row).toEqual({ ...row, customer_id: 2, twice: 5 })
    const corrected = { id: held?.id, row: { ...held?.row, twice: 4 } }
    expect(await replayQuarantine(ctx, { group, to: 'both' }, { rows: [corrected] })).toMatchObject({
      accepted: 1,
    })
  })

  it('keeps what PostgreSQL cannot hold in a readable form', async () => {
    const ctx = producer()
    const group = await newGroup()
    const body = '{"rows":[{"customer_id":"a\\u0000b\\ud800","interaction_date":"2026-05-01"}]}'
    expect(await ingest(ctx, group, body, { mode: 'quarantine' })).toMatchObject({
      commit: null,
      quarantined: 1,
    })
    const { data } = await listQuarantine(ctx, { group, state: 'held', limit: 10 })
    expect(data[0]?.row).toEqual({ customer_id: 'a\ufffdb\ufffd', interaction_date: '2026-05-01' })
  })

  it('does not let a row in as what it is only kept as', async () => {
    const ctx = producer()
    const group = await newGroup({ features: [{ name: 'note', type: 'string' }] })
    const body = '{"rows":[{"customer_id":1,"interaction_date":"2026-05-01","note":"a\\u0000b"}]}'
    await ingest(ctx, group, body, { mode: 'quarantine' })
    const [held] = (await listQuarantine(ctx, { group, state: 'held', limit: 10 })).data
    const id = held?.id ?? ''
    expect(held?.errors.map(({ rule }) => rule)).toContain('not_storable')
    await expect(replayQuarantine(ctx, { group, to: 'both' }, { rows: [{ id }] })).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/rows/0/row' }] },
    })
    const rows = [{ id, row: { ...held?.row, note: 'ab' } }]
    expect(await replayQuarantine(ctx, { group, to: 'both' }, { rows })).toMatchObject({ accepted: 1 })
  })

  it('holds rows again whose replay was reverted, until that is taken back or another replay brings them in', async () => {
    const ctx = producer()
    const group = await newGroup()
    const bad = [1, 2].map((customer_id) => ({
      customer_id,
      interaction_date: '2026-05-01',
      num_logins: -1,
    }))
    await ingest(ctx, group, bad, { mode: 'quarantine' })
    const held = async () =>
      (await listQuarantine(ctx, { group, state: 'held', limit: 10 })).data.map(({ row }) => row.customer_id)
    const { data } = await listQuarantine(ctx, { group, state: 'held', limit: 10 })
    const replay = (values: number[]) =>
      replayQuarantine(
        ctx,
        { group, to: 'both' },
        {
          rows: data.slice(0, values.length).map(({ id, row }, at) => ({
            id,
            row: { ...row, num_logins: values[at] },
          })),
        },
      )
    const revert = (id: string | null) =>
      revertCommit(ctx, { group, id: id ?? '', body: { reason: 'Corrected wrongly.' } })
    const online = async () =>
      (await readOnline(ctx, [`${group}:num_logins`], { customer_id: [1, 2] })).values[0]
    const first = await replay([5, 6])
    expect(await held()).toEqual([])
    const undone = await revert(first.commit)
    expect(await held()).toEqual([1, 2])
    expect(await online()).toEqual([null, null])
    await revert(undone.id)
    expect(await held()).toEqual([])
    expect(await online()).toEqual([5, 6])
    const undoneAgain = await revert(first.commit)
    const second = await replay([7])
    expect(await held()).toEqual([2])
    await revert(undoneAgain.id)
    expect(await held()).toEqual([])
    await revert(first.commit)
    // The first row came in with the second replay, which stands.
    expect(await held()).toEqual([2])
    await revert(second.commit)
    expect(await held()).toEqual([1, 2])
  })
})

describe('streams', () => {
  const lines = (values: (number | string)[]) =>
    values
      .map(
        (value, index) => `{"customer_id":${index},"interaction_date":"2026-05-01","num_logins":${value}}\n`,
      )
      .join('')

  async function answersOf(group: string, values: (number | string)[], mode: 'strict' | 'quarantine') {
    const input = {
      ...ingestInput(group, lines(values), { mode, contentType: 'application/x-ndjson' }),
      commitRows: 2,
    }
    const answers: Record<string, unknown>[] = []
    for await (const line of await streamRows(producer(), input)) answers.push(JSON.parse(line))
    return answers
  }

  it('answers a line a commit', async () => {
    const group = await newGroup()
    expect(await answersOf(group, [1, 2, 3, 4, 5], 'strict')).toMatchObject([
      { first_row: 1, last_row: 2, accepted: 2 },
      { first_row: 3, last_row: 4, accepted: 2 },
      { first_row: 5, last_row: 5, accepted: 1 },
      { end: true, commits: 3, accepted: 5 },
    ])
    expect(await db().$count(commits, eq(commits.actorKind, 'user'))).toBeGreaterThan(2)
  })

  it('ends at the first bad commit in strict mode, and keeps what was answered', async () => {
    const group = await newGroup()
    const answers = await answersOf(group, [1, 2, -3, 4, 5], 'strict')
    expect(answers).toHaveLength(2)
    expect(answers[1]).toMatchObject({
      accepted_before: 2,
      error: { code: 'invalid', errors: [{ row: 3, rule: 'min' }] },
    })
    const read = await readOnline(producer(), [`${group}:num_logins`], { customer_id: [0, 1, 2, 3, 4] })
    expect(read.values[0]).toEqual([1, 2, null, null, null])
  })

  it('goes on in quarantine mode', async () => {
    const group = await newGroup()
    expect(await answersOf(group, [1, -2, 3], 'quarantine')).toMatchObject([
      { accepted: 1, quarantined: 1 },
      { accepted: 1 },
      { end: true, commits: 2, accepted: 2, quarantined: 1, last_row: 3 },
    ])
  })
})
