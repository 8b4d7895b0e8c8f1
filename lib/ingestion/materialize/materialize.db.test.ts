import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { jobs } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { promoteVersion, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { listCommits } from '../list-commits'
import { revertCommit } from '../revert/revert-commit'
import { ingest, readOnline } from '../testing'
import { requestMaterialization } from './request-materialization'
import { runMaterialization } from './run-materialization'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = (more = {}) => contextOf(['producer'], team, { now: () => now, ...more })
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registerFeatureGroup(producer(), groupBody(overrides))).name
const row = (num_logins: number, interaction_date = '2026-05-01', customer_id = 1) => ({
  customer_id,
  interaction_date,
  num_logins,
})
const online = async (group: string, ids = [1, 2]) =>
  (await readOnline(producer(), [`${group}:num_logins`], { customer_id: ids })).values[0]

interface Span {
  from?: string
  to?: string
}
const run = (group: string, { from, to }: Span = {}, more = {}) =>
  runMaterialization({
    ctx: producer(more),
    input: { group, version: 1, environment: 'prod', from: from ?? null, to: to ?? null },
    progress: async () => {},
    log: async () => {},
  })
const state = async (group: string) => (await listCommits(producer(), { group, limit: 10 })).online

describe('materialization', () => {
  it('brings waiting rows online, oldest commit first, and the watermark with them', async () => {
    const group = await newGroup()
    const first = await ingest(producer(), group, [row(1)], { to: 'offline' })
    expect(first.online).toEqual({ state: 'offline_only', watermark: null })
    const second = await ingest(producer(), group, [row(2, '2026-05-02', 2)])
    expect(await online(group)).toEqual([null, 2])
    expect(await state(group)).toEqual({ state: 'offline_only', watermark: null, waiting: 1 })
    expect(await run(group)).toMatchObject({ commits: 1, rows: 1, online_watermark: second.created })
    expect(await online(group)).toEqual([1, 2])
    expect(await state(group)).toEqual({ state: 'done', watermark: second.created, waiting: 0 })
    expect(await run(group)).toMatchObject({ commits: 0, rows: 0 })
    expect(await online(group)).toEqual([1, 2])
  })

  it('of a span of event time leaves the rest waiting, and may be repeated', async () => {
    const group = await newGroup()
    await ingest(producer(), group, [row(1, '2026-05-01'), row(2, '2026-05-03')], { to: 'offline' })
    await run(group, { from: '2026-04-30T00:00:00.000000Z', to: '2026-05-02T00:00:00.000000Z' })
    expect(await online(group, [1])).toEqual([1])
    expect((await state(group)).waiting).toBe(1)
    await run(group, { from: '2026-05-02T00:00:00.000000Z' })
    expect(await online(group, [1])).toEqual([2])
    // Both ends belong to it, and the older rows lose against the newer one that is there.
    await run(group, { from: '2026-05-01T00:00:00.000000Z', to: '2026-05-03T00:00:00.000000Z' })
    expect(await online(group, [1])).toEqual([2])
    expect((await state(group)).waiting).toBe(0)
  })

  it('of a part follows reverts: of the commit itself, and of one that stood above it', async () => {
    const group = await newGroup()
    const revert = async (id: string | null) =>
      (await revertCommit(producer(), { group, id: id ?? '', body: { reason: 'Wrong.' } })).id
    const waiting = await ingest(producer(), group, [row(1, '2026-05-01'), row(3, '2026-05-03')], {
      to: 'offline',
    })
    await run(group, { to: '2026-05-02T00:00:00.000000Z' })
    const above = await ingest(producer(), group, [row(2, '2026-05-02')])
    expect(await online(group, [1])).toEqual([2])
    await revert(above.commit)
    expect(await online(group, [1])).toEqual([1])
    const undone = await revert(waiting.commit)
    expect(await online(group, [1])).toEqual([null])
    await revert(undone)
    expect(await online(group, [1])).toEqual([1])
    expect((await state(group)).waiting).toBe(1)
    await run(group)
    expect(await online(group, [1])).toEqual([3])
    expect((await state(group)).waiting).toBe(0)
  })

  it('goes on after it was ended in between', async () => {
    const group = await newGroup()
    for (let day = 1; day <= 3; day++)
      await ingest(producer(), group, [row(day, `2026-05-0${day}`)], { to: 'offline' })
    await expect(run(group, {}, { signal: AbortSignal.abort() })).rejects.toThrow()
    expect((await state(group)).waiting).toBe(3)
    await run(group)
    expect(await online(group, [1])).toEqual([3])
  })

  it('is refused to those who may not, for groups without an online store, and for spans that are none', async () => {
    const group = await newGroup()
    const offline = await newGroup({ online: false })
    const ask = (ctx: ReturnType<typeof producer>, name: string, body: unknown = {}) =>
      requestMaterialization(ctx, { group: name }, body)
    await expect(ask(contextOf(['viewer']), group, 5)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(ask(producer(), 'nothing')).rejects.toMatchObject({ code: 'not_found' })
    await expect(ask(producer(), offline)).rejects.toMatchObject({ code: 'conflict' })
    for (const body of [
      { from: 'yesterday' },
      { from: '2026-05-02', to: '2026-05-01' },
      { until: 1 },
      [],
      'x',
    ])
      await expect(ask(producer(), group, body)).rejects.toMatchObject({ code: 'invalid' })
    const { job } = await ask(producer(), group, { from: '2026-05-01', to: '2026-05-02' })
    expect((await ask(producer(), group, { from: '2026-05-01', to: '2026-05-02' })).job).toBe(job)
    const [queued] = await db().select().from(jobs).where(eq(jobs.id, job))
    expect(queued).toMatchObject({
      kind: 'materialize',
      state: 'queued',
      input: { from: '2026-05-01T00:00:00.000000Z', to: '2026-05-02T23:59:59.999999Z' },
    })
  })

  it('is queued when an environment begins to serve a version whose rows wait', async () => {
    const group = await newGroup()
    const admin = contextOf(['administrator'], team, { now: () => now })
    await promoteVersion(admin, group, 1, {})
    const queued = () => db().$count(jobs, and(eq(jobs.resourceName, group), eq(jobs.kind, 'materialize')))
    expect(await queued()).toBe(0)
    await ingest(producer(), group, [row(1)], { to: 'offline' })
    await promoteVersion(admin, group, 1, {})
    expect(await queued()).toBe(1)
  })
})
