import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { commits, jobs, quarantinedRows } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { parseJson } from '@/lib/core/json'
import { latestRows } from '@/lib/offline'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { deleteRows, finishOnline, listCommits, listQuarantine, replayQuarantine, streamRows } from '.'
import { applyDueRows } from './due-rows'
import { bytesOf, ingest, ingestInput, readOnline } from './testing'

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

interface Row {
  customer_id: number
  interaction_date: string
  num_logins: number | null
  _op?: 'delete'
}

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  customer_id: fc.integer({ min: 1, max: 2 }),
  interaction_date: fc.integer({ min: 0, max: 2 }).map((second) => `2026-05-01T00:00:0${second}Z`),
  num_logins: fc.option(fc.integer({ min: 0, max: 99 })),
  _op: fc.option(fc.constant('delete' as const), { nil: undefined, freq: 2 }),
})

/** The newest row a key, from the rule itself: event time, tombstone, commit, row. */
function naive(batches: Row[][]): Map<number, Row> {
  const newest = new Map<number, Row>()
  for (const row of batches.flat()) {
    const present = newest.get(row.customer_id)
    const earlier = present && row.interaction_date < present.interaction_date
    const buried = present?.interaction_date === row.interaction_date && present._op && !row._op
    if (!earlier && !buried) newest.set(row.customer_id, row)
  }
  return newest
}

describe('the online store', () => {
  it('holds the newest row of each key, whatever the order of arrival', async () => {
    const keys = [1, 2, 3, 4]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(rowArbitrary, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
        async (batches) => {
          const ctx = producer()
          const group = await newGroup()
          let kept = 0
          for (const batch of batches) {
            const answer = await ingest(ctx, group, batch)
            kept += answer.accepted - answer.superseded
          }
          const expected = naive(batches)
          const read = await readOnline(ctx, [`${group}:num_logins`], { customer_id: keys })
          expect(read.values[0]).toEqual(
            keys.map((key) => (expected.get(key)?._op ? null : (expected.get(key)?.num_logins ?? null))),
          )
          expect(read.statuses[0]).toEqual(
            keys.map((key) => {
              const row = expected.get(key)
              return !row || row._op ? 'NOT_FOUND' : row.num_logins === null ? 'NULL_VALUE' : 'PRESENT'
            }),
          )
          expect(kept).toBeGreaterThanOrEqual(expected.size)
        },
      ),
      { numRuns: 25 },
    )
  }, 120_000)

  it('serialises two writers to one group; both succeed, and created rises', async () => {
    const group = await newGroup()
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        ingest(producer(), group, [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: index }]),
      ),
    )
    const created = answers.map((answer) => answer.created)
    expect(new Set(created).size).toBe(6)
    const last = answers.toSorted((a, b) => ((a.created ?? '') < (b.created ?? '') ? -1 : 1)).at(-1)
    const read = await readOnline(producer(), [`${group}:num_logins`], { customer_id: [1] })
    expect(read.values[0]).toEqual([answers.findIndex(({ created: at }) => at === last?.created)])
  })

  it('counts a stale tombstone as superseded and keeps the newer row', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-02', num_logins: 5 }])
    const body = JSON.stringify({ rows: [{ customer_id: 1, interaction_date: '2026-05-01' }] })
    const input = { ...ingestInput(group, body), bytes: bytesOf(body) }
    expect(await deleteRows(ctx, input)).toMatchObject({ accepted: 1, superseded: 1 })
    expect((await readOnline(ctx, [`${group}:num_logins`], { customer_id: [1] })).values).toEqual([[5]])
    const again = JSON.stringify({ rows: [{ customer_id: 1, interaction_date: '2026-05-03' }] })
    await deleteRows(ctx, { ...input, bytes: bytesOf(again) })
    expect((await readOnline(ctx, [`${group}:num_logins`], { customer_id: [1] })).statuses).toEqual([
      ['NOT_FOUND'],
    ])
    await ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-02T12:00:00Z', num_logins: 9 }])
    expect((await readOnline(ctx, [`${group}:num_logins`], { customer_id: [1] })).statuses).toEqual([
      ['NOT_FOUND'],
    ])
    const valued = JSON.stringify({
      rows: [{ customer_id: 1, interaction_date: '2026-05-04', num_logins: 1 }],
    })
    await expect(deleteRows(ctx, { ...input, bytes: bytesOf(valued) })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('takes rows of the nearer future when their time comes', async () => {
    const group = await newGroup()
    const rows = [
      { customer_id: 1, interaction_date: '2026-05-31', num_logins: 1 },
      { customer_id: 1, interaction_date: '2026-06-01T01:00:00Z', num_logins: 2 },
      { customer_id: 1, interaction_date: '2026-06-01T02:00:00Z', num_logins: 3 },
    ]
    expect(await ingest(producer(), group, rows)).toMatchObject({
      accepted: 3,
      superseded: 0,
      online: { state: 'done' },
    })
    const valueAt = async (at: string) => {
      await applyDueRows(new Date(at))
      return (await readOnline(producer(new Date(at)), [`${group}:num_logins`], { customer_id: [1] }))
        .values[0]
    }
    expect(await valueAt('2026-06-01T00:59:59.999Z')).toEqual([1])
    expect(await valueAt('2026-06-01T01:00:00Z')).toEqual([2])
    expect(await valueAt('2026-06-01T03:00:00Z')).toEqual([3])
    expect(await db().$count(jobs, and(eq(jobs.kind, 'online_due'), eq(jobs.state, 'queued')))).toBe(0)
  })
})

describe('large batches', () => {
  const csvOf = (rows: number) =>
    `customer_id,interaction_date,num_logins\n${Array.from({ length: rows }, (_, i) => `${i % 60_000},2026-05-01T00:00:${String(i % 60).padStart(2, '0')}Z,${i}\n`).join('')}`

  it('commits 100,000 rows to both stores in one transaction', async () => {
    const ctx = producer()
    const group = await newGroup()
    const answer = await ingest(ctx, group, csvOf(100_000), { contentType: 'text/csv' })
    expect(answer).toMatchObject({ accepted: 100_000, superseded: 40_000, online: { state: 'done' } })
    const read = await readOnline(ctx, [`${group}:num_logins`], { customer_id: [0, 39_999, 59_999, 60_000] })
    expect(read.values[0]).toEqual([60_000, 99_999, 59_999, null])
  }, 60_000)

  it('commits more to history at once, and the online half follows', async () => {
    const ctx = producer()
    const group = await newGroup()
    const answer = await ingest(ctx, group, csvOf(100_001), { contentType: 'text/csv' })
    expect(answer).toMatchObject({ accepted: 100_001, online: { state: 'pending', watermark: null } })
    await finishOnline()
    const page = await listCommits(ctx, { group, limit: 10 })
    expect(page).toMatchObject({
      data: [{ online: 'done', superseded: 40_001 }],
      online: { state: 'done', watermark: answer.created },
    })
    const read = await readOnline(ctx, [`${group}:num_logins`], { customer_id: [0, 40_000] })
    expect(read.values[0]).toEqual([60_000, 100_000])
  }, 60_000)
})

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
    const states = await db().select({ state: quarantinedRows.state }).from(quarantinedRows)
    expect(states.map(({ state }) => state).sort()).toEqual(['held', 'replayed'])
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
    ])
  })
})

describe('latest rows', () => {
  it('shows the history of one key, values as they are stored', async () => {
    const ctx = producer()
    const group = await newGroup()
    await ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-01', avg_session_duration: 2 }])
    await ingest(ctx, group, [
      { customer_id: 1, interaction_date: '2026-05-02', _op: 'delete' },
      { customer_id: 2, interaction_date: '2026-05-03' },
    ])
    const { body } = await latestRows(ctx, { group, limit: 10, key: ['1'] })
    expect(parseJson(body)).toMatchObject({
      columns: [
        { name: 'customer_id', role: 'key' },
        { role: 'event_time' },
        { name: 'num_logins' },
        { name: 'avg_session_duration' },
      ],
      rows: [
        { interaction_date: '2026-05-02T00:00:00.000000Z', _op: 'delete', avg_session_duration: null },
        { interaction_date: '2026-05-01T00:00:00.000000Z', _op: 'upsert', avg_session_duration: 2 },
      ],
    })
    expect(body).toContain('"avg_session_duration":2.0')
    expect(
      (parseJson((await latestRows(ctx, { group, limit: 2 })).body) as { rows: unknown[] }).rows,
    ).toHaveLength(2)
  })
})
