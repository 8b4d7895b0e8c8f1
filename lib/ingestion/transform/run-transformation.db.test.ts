import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, sql } from '@/db/client'
import { commits, jobs } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { registerFeatureGroup, registerSource } from '@/lib/registry'
import { contextOf, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { ingest, readOnline } from '../testing'
import { listTransformationRuns } from './list-runs'
import { runNow } from './run-now'
import { runTransformation } from './run-transformation'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)

/** A source of orders with one file, and a way to let another arrive. */
async function orders(ctx: ReturnType<typeof producer>) {
  const name = mintName('orders')
  const folder = join(env().home, 'sources', name)
  mkdirSync(folder, { recursive: true })
  const arrive = (file: string, lines: string[]) =>
    writeFileSync(join(folder, file), ['customer_id,sold_at,amount', ...lines, ''].join('\n'))
  arrive('1.csv', ['1,2026-03-01T10:00:00,10', '1,2026-03-01T20:00:00,30', '2,2026-03-02T09:00:00,5'])
  await registerSource(ctx, {
    name,
    kind: 'file',
    config: { path: `${name}/*.csv`, format: 'csv' },
    owner_team: team.name,
  })
  return { name, arrive }
}

const daily = (source: string) => `
  select customer_id, date_trunc('day', sold_at) + interval 1 day as day_end, sum(amount)::double as spent, count(*) as orders
  from ${source} where sold_at >= $from - interval 1 day group by all`

const spending = (inputs: string[], sqlText: string, more: object = {}) => ({
  name: mintName('spending'),
  description: 'What customers spent.',
  entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
  primary_key: ['customer_id'],
  timestamp_key: 'day_end',
  owner_team: team.name,
  transformation: { sql: sqlText, inputs },
  features: [
    { name: 'spent', type: 'float64', contract: { min: 0, max: 1000 } },
    { name: 'orders', type: 'int64', contract: { nullable: false } },
  ],
  ...more,
})

const failureOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => Promise.reject(new Error('It did not fail.')),
    (error: unknown) => (error instanceof DomainError ? error : Promise.reject(error)),
  )

describe('runTransformation', () => {
  it('commits what the SQL gives, goes on from its watermark, and finds nothing twice', async () => {
    const ctx = producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], daily(source.name)))
    const first = await runTransformation(ctx, { group: group.name }, { to: '2026-03-02T00:00:00Z' })
    expect(first).toMatchObject({ rows: 1, from: '0001-01-01T00:00:00.000000Z' })
    source.arrive('2.csv', ['2,2026-03-03T09:00:00,7'])
    const second = await runTransformation(ctx, { group: group.name })
    expect(second).toMatchObject({ rows: 2, from: '2026-03-02T00:00:00.000000Z' })
    expect(await runTransformation(ctx, { group: group.name })).toMatchObject({ rows: 0, commit: null })
    const read = await readOnline(ctx, [`${group.name}:spent`, `${group.name}:orders`], {
      customer_id: [1, 2],
    })
    expect(read.values).toEqual([
      [40, 7],
      [2, 1],
    ])
    expect(read.event_times[1]).toEqual(['2026-03-02T00:00:00.000000Z', '2026-03-04T00:00:00.000000Z'])
    const { data: runs } = await listTransformationRuns(ctx, { group: group.name })
    expect(runs.map(({ state, rows }) => [state, rows])).toEqual([
      ['succeeded', 0],
      ['succeeded', 2],
      ['succeeded', 1],
    ])
    expect(runs[1]?.commit).toBe(second.commit)
  })

  it('reads another group by its name', async () => {
    const ctx = producer()
    const source = await registerFeatureGroup(ctx, {
      name: mintName('visits'),
      entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
      primary_key: ['customer_id'],
      timestamp_key: 'sold_at',
      owner_team: team.name,
      features: [{ name: 'amount', type: 'float64' }],
    })
    await ingest(ctx, source.name, [
      { customer_id: 1, sold_at: '2026-03-01T10:00:00Z', amount: 2 },
      { customer_id: 1, sold_at: '2026-03-01T11:00:00Z', amount: 3 },
    ])
    const group = await registerFeatureGroup(ctx, spending([source.name], daily(source.name)))
    expect(await runTransformation(ctx, { group: group.name })).toMatchObject({ rows: 1 })
    const read = await readOnline(ctx, [`${group.name}:spent`], { customer_id: [1] })
    expect(read.values).toEqual([[5]])
  })

  it('keeps to its window, whatever the SQL selects', async () => {
    const ctx = producer()
    const source = await orders(ctx)
    const everything = daily(source.name).replace('where sold_at >= $from - interval 1 day', '')
    const group = await registerFeatureGroup(ctx, spending([source.name], everything))
    const to = '2026-03-03T00:00:00Z'
    const run = await runTransformation(ctx, { group: group.name }, { from: '2026-03-02T00:00:00Z', to })
    expect(run.rows).toBe(1)
  })

  it.each([
    [
      'a broken contract',
      "select 1 as customer_id, timestamp '2026-03-01' as day_end, -1.0 as spent, 1 as orders",
      '`spent` of 1, 2026-03-01',
    ],
    [
      'NaN outside every range',
      "select 1 as customer_id, timestamp '2026-03-01' as day_end, 'nan'::double as spent, 1 as orders",
      'spent',
    ],
    [
      'a null that the contract refuses',
      "select 1 as customer_id, timestamp '2026-03-01' as day_end, 1.0 as spent, null::int as orders",
      'null',
    ],
    [
      'a row without time',
      'select 1 as customer_id, null::timestamp as day_end, 1.0 as spent, 1 as orders',
      'day_end',
    ],
    [
      'a value of another type',
      "select 1 as customer_id, timestamp '2026-03-01' as day_end, 'x' as spent, 1 as orders",
      'spent',
    ],
    [
      'a missing column',
      "select 1 as customer_id, timestamp '2026-03-01' as day_end, 1.0 as spent, 1 as orderz",
      'orderz',
    ],
    ['an undeclared table', 'select * from elsewhere', '`elsewhere`'],
    ['a clock', 'select 1 as customer_id, now() as day_end, 1.0 as spent, 1 as orders', 'now()'],
  ])('refuses %s, changes nothing, and says why in its job', async (_, text, reason) => {
    const ctx = producer()
    const group = await registerFeatureGroup(ctx, spending([], text))
    const failure = await failureOf(runTransformation(ctx, { group: group.name }))
    expect(failure.code).toBe('invalid')
    expect(failure.message).toContain(reason)
    const [run] = (await listTransformationRuns(ctx, { group: group.name })).data
    expect(run).toMatchObject({ state: 'failed', rows: null, commit: null, error: failure.message })
    const read = await readOnline(ctx, [`${group.name}:spent`], { customer_id: [1] })
    expect(read.statuses).toEqual([['NOT_FOUND']])
  })

  it('reads files below the folder of sources alone', async () => {
    const ctx = producer()
    for (const path of ['../offline/*/*/*/*.parquet', '/etc/passwd', 'a/../../run/*', '']) {
      const name = mintName('elsewhere')
      await registerSource(ctx, {
        name,
        kind: 'file',
        config: { path, format: 'csv' },
        owner_team: team.name,
      })
      const group = await registerFeatureGroup(ctx, spending([name], daily(name)))
      const failure = await failureOf(runTransformation(ctx, { group: group.name }))
      expect(failure.message).toContain('must be relative')
    }
  })

  it('refuses a second run of the group while one is under way, and says so', async () => {
    const ctx = producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], daily(source.name)))
    const both = await Promise.allSettled([
      runTransformation(ctx, { group: group.name }),
      runTransformation(ctx, { group: group.name }),
    ])
    const refused = both.filter((one) => one.status === 'rejected')
    expect(refused).toHaveLength(1)
    expect(refused[0]?.reason).toMatchObject({ code: 'in_progress' })
    expect(await db().$count(commits)).toBeGreaterThan(0)
  })

  it('takes a run that lost its process for failed, and computes its window again', async () => {
    const ctx = producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], daily(source.name)))
    const done = await runTransformation(ctx, { group: group.name }, { to: '2026-03-02T00:00:00Z' })
    const [job] = await sql()`select input from jobs where id = ${done.job}`
    await db()
      .insert(jobs)
      .values({
        id: mintName('job'),
        kind: 'transformation',
        state: 'running',
        input: job?.input,
        createdBy: 'system',
      })
    expect(await runTransformation(ctx, { group: group.name })).toMatchObject({ rows: 1 })
    const { data: runs } = await listTransformationRuns(ctx, { group: group.name })
    expect(runs.map(({ state }) => state).sort()).toEqual(['failed', 'succeeded', 'succeeded'])
  })

  it('runs in the window that a body names, refuses any other body, and pages its history', async () => {
    const ctx = producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], daily(source.name)))
    const target = { group: group.name, version: 1 }
    const viewer = contextOf(['viewer'], team)
    expect((await failureOf(runNow(viewer, target, 'no window'))).code).toBe('forbidden')
    for (const body of [[], 'now', { to: 'yesterday' }, { group: 'another' }]) {
      expect((await failureOf(runNow(ctx, target, body))).code).toBe('invalid')
    }
    expect(await runNow(ctx, target, { to: '2026-03-02T00:00:00Z' })).toMatchObject({ rows: 1, version: 1 })
    expect(await runNow(ctx, target, undefined)).toMatchObject({ rows: 1 })
    const first = await listTransformationRuns(viewer, { ...target, limit: 1 })
    expect(first.meta.total).toBe(2)
    const second = await listTransformationRuns(viewer, {
      ...target,
      limit: 1,
      cursor: first.meta.next_cursor ?? '',
    })
    expect(second.meta.next_cursor).toBeNull()
    expect([...first.data, ...second.data].map(({ rows, to }) => [rows, to?.slice(0, 10)])).toEqual([
      [1, ctx.now().toISOString().slice(0, 10)],
      [1, '2026-03-02'],
    ])
    await expect(listTransformationRuns(viewer, { ...target, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('needs the right to write, a transformation, and a window that lies behind us', async () => {
    const ctx = producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], daily(source.name)))
    const viewer = contextOf(['viewer'], team)
    expect((await failureOf(runTransformation(viewer, { group: group.name }))).code).toBe('forbidden')
    const pushed = await registerFeatureGroup(ctx, { ...spending([], ''), transformation: null })
    expect((await failureOf(runTransformation(ctx, { group: pushed.name }))).code).toBe('conflict')
    const future = runTransformation(ctx, { group: group.name }, { to: '2999-01-01T00:00:00Z' })
    expect((await failureOf(future)).message).toContain('future')
    const reversed = runTransformation(
      ctx,
      { group: group.name },
      { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
    )
    expect((await failureOf(reversed)).message).toContain('before')
  })
})
