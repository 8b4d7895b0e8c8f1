import { and, eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, withTransaction } from '@/db/client'
import { jobs } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { deleteRows, finishOnline, listCommits } from '.'
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
            kept += answer.accepted - (answer.superseded ?? 0)
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

describe('created', () => {
  it('is stamped when the lock is granted, not while it is waited for', async () => {
    const group = await newGroup()
    let at = now
    const ctx = contextOf(['producer'], team, { now: () => at })
    const later = new Date(now.getTime() + 5000)
    const isWaiting = () =>
      expect
        .poll(async () => {
          const rows = await db().execute(sql`
            select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%version_environments%'`)
          return rows.length
        })
        .toBeGreaterThan(0)
    const { answer } = await withTransaction(async (tx) => {
      await tx.execute(sql`
        select 1 from version_environments where version_id in (
          select v.id from feature_group_versions v join feature_groups g on g.id = v.group_id where g.name = ${group})
        for update`)
      const answer = ingest(ctx, group, [{ customer_id: 1, interaction_date: '2026-05-01' }])
      await isWaiting()
      at = later
      // In an object, so that the transaction ends before the commit that waits for it.
      return { answer }
    })
    expect((await answer).created).toBe(later.toISOString().replace('Z', '000Z'))
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
    expect(answer).toMatchObject({
      accepted: 100_001,
      superseded: null,
      online: { state: 'pending', watermark: null },
    })
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
