import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, commits } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { deprecateVersion, registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { listCommits, listQuarantine } from '.'
import { ingest, readOnline } from './testing'

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
const rows = [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: 1 }]

async function* untouched(): AsyncGenerator<Uint8Array> {
  throw new Error('The body was looked at')
  // biome-ignore lint/correctness/noUnreachable: a generator yields
  yield new Uint8Array()
}

describe('who may write', () => {
  it('a viewer may not, whatever the body; the refusal is audited', async () => {
    const group = await newGroup()
    const viewer = contextOf(['viewer'])
    await expect(ingest(viewer, group, '', { bytes: untouched() })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const audited = await db().select().from(auditLog).where(eq(auditLog.actorId, viewer.actor.id))
    expect(audited).toMatchObject([{ verdict: 'deny', action: 'group:write_offline' }])
  })

  it('a producer of another team may not, and learns why before the body is looked at', async () => {
    const group = await newGroup()
    const other = contextOf(['producer'], await mintTeam())
    await expect(ingest(other, group, '', { bytes: untouched() })).rejects.toMatchObject({
      code: 'forbidden',
      details: { decision: { resource: group } },
    })
  })

  it('nobody writes to a group, version or environment that is not there', async () => {
    const group = await newGroup()
    const ctx = producer()
    await expect(ingest(ctx, 'nothing', rows)).rejects.toMatchObject({ code: 'not_found' })
    await expect(ingest(ctx, group, rows, { version: 2 })).rejects.toMatchObject({ code: 'not_found' })
    await expect(ingest({ ...ctx, environment: 'dev' }, group, rows)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('a draft takes no rows, and a version past its sunset none any more', async () => {
    const ctx = producer()
    const draft = await newGroup({ classification: 'confidential' })
    await expect(ingest(ctx, draft, rows, { version: 1 })).rejects.toMatchObject({ code: 'conflict' })
    const old = await newGroup()
    await deprecateVersion(ctx, old, 1, {
      reason: 'old',
      replacement: await newGroup(),
      sunset_at: '2026-06-10T00:00:00Z',
    })
    expect(await ingest(ctx, old, rows)).toMatchObject({ accepted: 1 })
    await expect(ingest(producer(new Date('2026-06-10T00:00:00Z')), old, rows)).rejects.toMatchObject({
      code: 'gone',
    })
  })

  it('lists of commits and quarantine ask for their own rights', async () => {
    const group = await newGroup()
    const viewer = contextOf(['viewer'])
    await expect(listQuarantine(viewer, { group, state: 'held', limit: 10 })).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect((await listCommits(viewer, { group, limit: 10 })).data).toEqual([])
    expect((await listCommits(producer(), { group, limit: 10 })).data).toEqual([])
  })
})

describe('where rows go', () => {
  it('to=offline leaves the online store and its watermark as they were', async () => {
    const ctx = producer()
    const group = await newGroup()
    const first = await ingest(ctx, group, rows)
    const second = await ingest(ctx, group, [{ ...rows[0], interaction_date: '2026-05-02', num_logins: 2 }], {
      to: 'offline',
    })
    expect(second.online).toEqual({ state: 'offline_only', watermark: first.created })
    expect((await readOnline(ctx, [`${group}:num_logins`], { customer_id: [1] })).values).toEqual([[1]])
  })

  it('a group without online store has history alone', async () => {
    const ctx = producer()
    const group = await newGroup({ online: false })
    expect((await ingest(ctx, group, rows)).online.state).toBe('not_online')
    await expect(readOnline(ctx, [`${group}:num_logins`], { customer_id: [1] })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('pages through commits, newest first', async () => {
    const ctx = producer()
    const group = await newGroup()
    const ids: (string | null)[] = []
    for (const value of [1, 2, 3])
      ids.unshift((await ingest(ctx, group, [{ ...rows[0], num_logins: value }])).commit)
    const page = await listCommits(ctx, { group, limit: 2 })
    expect(page.data.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const next = await listCommits(ctx, { group, limit: 2, cursor: page.meta.next_cursor ?? '' })
    expect(next).toMatchObject({ data: [{ id: ids[2] }], meta: { next_cursor: null, total: 3 } })
    await expect(listCommits(ctx, { group, limit: 2, cursor: 'x' })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await db().$count(commits)).toBeGreaterThanOrEqual(3)
  })
})
