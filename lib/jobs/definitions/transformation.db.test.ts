import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { db } from '@/db/client'
import { commits, featureGroupVersions, jobs, roleAssignments, transformationStates } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { testActor, testContext } from '@/lib/identity/testing'
import { getTransformationRun, listTransformationRuns, queueRun, scheduleRuns } from '@/lib/ingestion'
import { ingest, readOnline } from '@/lib/ingestion/testing'
import { engineHealth } from '@/lib/offline'
import { getFeatureGroup, registerFeatureGroup, registerSource } from '@/lib/registry'
import { mintName } from '@/lib/registry/testing'
import { cancelJob } from '../cancel-job'
import { startRunner } from '../runner'
import { transformationJob } from './transformation'

vi.setConfig({ testTimeout: 30_000 })
let engine: Awaited<ReturnType<typeof startEngineForTests>>
let runner: ReturnType<typeof startRunner> | null = null
const never = new AbortController().signal
const team = mintName('team')

beforeAll(async () => {
  engine = await startEngineForTests()
})
afterAll(() => engine.stop())
afterEach(async () => {
  await runner?.stop()
  runner = null
  // Groups of one test are not scheduled in the next.
  await db().update(featureGroupVersions).set({ state: 'archived' })
})

const start = () => {
  runner ??= startRunner([transformationJob])
}
const producer = async () => testContext(await testActor({ role: 'producer', team }))

async function orders(ctx: Context) {
  const name = mintName('orders')
  const folder = join(env().home, 'sources', name)
  mkdirSync(folder, { recursive: true })
  const arrive = (file: string, lines: string[]) =>
    writeFileSync(join(folder, `${file}.csv`), ['customer_id,sold_at,amount', ...lines, ''].join('\n'))
  arrive('1', ['1,2026-03-01T10:00:00,10', '1,2026-03-01T20:00:00,30', '2,2026-03-02T09:00:00,5'])
  const config = { path: `${name}/*.csv`, format: 'csv' }
  await registerSource(ctx, { name, kind: 'file', config, owner_team: team })
  return { name, arrive }
}

const dailySql = (source: string) => `
  select customer_id, date_trunc('day', sold_at) + interval 1 day as day_end, sum(amount)::double as spent
  from ${source} where sold_at >= $from group by all`

const spending = (inputs: string[], transformation: object) => ({
  name: mintName('spending'),
  entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
  primary_key: ['customer_id'],
  timestamp_key: 'day_end',
  owner_team: team,
  transformation: {
    sql: dailySql(inputs[0] ?? ''),
    inputs,
    interval: 'P1D',
    lookback: 'P1D',
    ...transformation,
  },
  features: [{ name: 'spent', type: 'float64' }],
})

const ended = (ctx: Context, group: string, job: string, state: string) =>
  vi.waitFor(
    async () => {
      const run = await getTransformationRun(ctx, { group, job })
      expect([run.state, run.error]).toEqual([state, state === 'succeeded' ? null : run.error])
    },
    { timeout: 20_000, interval: 50 },
  )

/** What the scheduler queues, run to its end. */
async function scheduledRun(ctx: Context, group: string) {
  const [job, ...others] = await scheduleRuns(never)
  expect(others).toEqual([])
  if (!job) return null
  start()
  await ended(ctx, group, job, 'succeeded')
  return getTransformationRun(ctx, { group, job })
}

const spent = async (ctx: Context, group: string, customer: number) => {
  const { values, event_times: times } = await readOnline(ctx, [`${group}:spent`], {
    customer_id: [customer],
  })
  return [values[0]?.[0], times[0]?.[0]]
}

describe('on new data', () => {
  it('runs when a file arrives, waits for what the files do not hold yet, and runs once for each arrival', async () => {
    const ctx = await producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], { on_new_data: true }))
    const first = await scheduledRun(ctx, group.name)
    expect(first).toMatchObject({ trigger: 'new_data', rows: 2, to: '2026-03-03T00:00:00.000000Z' })
    expect(first?.log.at(-1)?.text).toContain('2 rows')
    expect(await scheduledRun(ctx, group.name)).toBeNull()
    source.arrive('2', ['1,2026-03-03T10:00:00,7'])
    const second = await scheduledRun(ctx, group.name)
    expect(second).toMatchObject({
      rows: 1,
      from: '2026-03-03T00:00:00.000000Z',
      to: '2026-03-04T00:00:00.000000Z',
    })
    expect(await spent(ctx, group.name, 1)).toEqual([7, '2026-03-04T00:00:00.000000Z'])
  })

  it('computes again what a late row has changed, and nothing else', async () => {
    const ctx = await producer()
    const source = await registerFeatureGroup(ctx, {
      name: mintName('visits'),
      entity: { name: mintName('customer'), keys: [{ name: 'customer_id', type: 'int64' }] },
      timestamp_key: 'sold_at',
      owner_team: team,
      features: [{ name: 'amount', type: 'float64' }],
    })
    const visit = (sold_at: string, amount: number) =>
      ingest(ctx, source.name, [{ customer_id: 1, sold_at, amount }])
    await visit('2026-03-01T10:00:00Z', 2)
    await visit('2026-03-05T10:00:00Z', 5)
    const group = await registerFeatureGroup(ctx, spending([source.name], { on_new_data: true }))
    expect(await scheduledRun(ctx, group.name)).toMatchObject({ rows: 2, windows: 1 })
    await visit('2026-03-01T11:00:00Z', 3)
    const late = await scheduledRun(ctx, group.name)
    expect(late?.computed[0]).toEqual({
      from: '2026-03-01T00:00:00.000000Z',
      to: '2026-03-03T00:00:00.000000Z',
      rows: 1,
      state: 'computed',
    })
    expect(late?.rows).toBe(1)
    // The corrected day is history; online still has the newest one.
    expect(await spent(ctx, group.name, 1)).toEqual([5, '2026-03-06T00:00:00.000000Z'])
  })

  it('is not started again for data that it failed at', async () => {
    const ctx = await producer()
    const source = await orders(ctx)
    const body = spending([source.name], { on_new_data: true })
    const group = await registerFeatureGroup(ctx, {
      ...body,
      features: [{ name: 'spent', type: 'float64', contract: { max: 1 } }],
    })
    const [job] = await scheduleRuns(never)
    start()
    await ended(ctx, group.name, job ?? '', 'failed')
    expect(await scheduleRuns(never)).toEqual([])
    expect(await db().$count(commits, eq(commits.versionId, await versionId(group.name)))).toBe(0)
    source.arrive('2', ['1,2026-03-03T10:00:00,7'])
    expect(await scheduleRuns(never, ['another_input']), 'only what reads it is looked at').toEqual([])
    expect(await scheduleRuns(never, ['another_input', source.name])).toHaveLength(1)
  })
})

async function versionId(group: string): Promise<string> {
  const [row] = await db().select().from(jobs).where(eq(jobs.resourceName, group)).limit(1)
  return String(row?.input.version_id)
}

describe('by schedule', () => {
  it('serves the instants that were missed with one run', async () => {
    const ctx = await producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], { schedule: '* * * * *' }))
    const queued = await queueRun(ctx, { group: group.name }, {})
    start()
    await ended(ctx, group.name, queued.job, 'succeeded')
    await db().update(transformationStates).set({ scheduledThrough: '2026-01-01T00:00:00Z' })
    const run = await scheduledRun(ctx, group.name)
    expect(run).toMatchObject({ trigger: 'schedule', by: ctx.actor.name })
    // A new minute may have begun meanwhile; the many that were missed do not come back.
    await scheduleRuns(never)
    expect((await scheduleRuns(never)).length).toBe(0)
  })

  it('stops when its author lost the right, says why, and goes on when it is back', async () => {
    const actor = await testActor({ role: 'producer', team })
    const ctx = testContext(actor)
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], { on_new_data: true }))
    const { id } = actor
    await db().delete(roleAssignments).where(eq(roleAssignments.principalId, id))
    expect(await scheduleRuns(never)).toEqual([])
    expect(await scheduleRuns(never)).toEqual([])
    const [state] = await db().select().from(transformationStates).orderBy(transformationStates.refusedAt)
    expect(state?.refusal).toContain(actor.name)
    await db().insert(roleAssignments).values({ id: newId(), principalId: id, role: 'producer' })
    expect(await scheduledRun(ctx, group.name)).toMatchObject({ rows: 2 })
  })
})

describe('as a job', () => {
  it('fills gaps window by window, each one commit, and no window twice', async () => {
    const ctx = await producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], {}))
    start()
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-04T00:00:00Z', step: 'P1D', gaps_only: true }
    const { job, trigger } = await queueRun(ctx, { group: group.name }, range)
    expect(trigger).toBe('backfill')
    await ended(ctx, group.name, job, 'succeeded')
    const run = await getTransformationRun(ctx, { group: group.name, job })
    expect(run.computed.map(({ rows, to }) => [rows, to.slice(0, 10)])).toEqual([
      [1, '2026-03-02'],
      [1, '2026-03-03'],
      [0, '2026-03-04'],
    ])
    const again = await queueRun(ctx, { group: group.name }, range)
    await ended(ctx, group.name, again.job, 'succeeded')
    expect((await getTransformationRun(ctx, { group: group.name, job: again.job })).windows).toBe(0)
  })

  it('goes on behind its last commit after its process was killed', async () => {
    const ctx = await producer()
    const source = await orders(ctx)
    const group = await registerFeatureGroup(ctx, spending([source.name], {}))
    const range = { from: '2026-03-01T00:00:00Z', to: '2026-03-04T00:00:00Z', step: 'P1D' }
    const { job } = await queueRun(ctx, { group: group.name }, range)
    const through = String(BigInt(Date.parse('2026-03-02T00:00:00Z')) * 1000n)
    await db()
      .update(jobs)
      .set({ state: 'running', attempts: 1, heartbeatAt: '2026-01-01T00:00:00Z', checkpoint: { through } })
      .where(eq(jobs.id, job))
    start()
    await ended(ctx, group.name, job, 'succeeded')
    const run = await getTransformationRun(ctx, { group: group.name, job })
    expect(run.computed.map(({ from }) => from.slice(0, 10))).toEqual(['2026-03-02', '2026-03-03'])
  })

  it('ends when it is cancelled, with the engine’s query, and changes nothing', async () => {
    const ctx = await producer()
    const endless = `with recursive t(n) as (select 1 union all select n % 1000 + 1 from t)
      select n as customer_id, timestamp '2026-03-01' as day_end, 1.0 as spent from t`
    const body = spending([], { sql: endless })
    const group = await registerFeatureGroup(ctx, body)
    const { job } = await queueRun(ctx, { group: group.name }, {})
    start()
    await vi.waitFor(async () => {
      const run = await getTransformationRun(ctx, { group: group.name, job })
      expect(run.progress?.message).toContain('…')
    })
    await cancelJob(ctx, job)
    await ended(ctx, group.name, job, 'cancelled')
    const { data } = await listTransformationRuns(ctx, { group: group.name })
    expect(data.map(({ state, rows }) => [state, rows])).toEqual([['cancelled', null]])
    expect((await getFeatureGroup(ctx, group.name)).state).toBe('active')
    await vi.waitFor(async () => expect((await engineHealth()).running).toBe(0), { timeout: 5000 })
  })
})
