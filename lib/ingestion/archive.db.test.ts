import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, edges, jobs, onlineRows } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { search } from '@/lib/catalog'
import { searchQuery } from '@/lib/catalog/operations'
import type { Context } from '@/lib/core/context'
import { getTrainingData } from '@/lib/offline'
import { clearViews, stopHearingRegistry } from '@/lib/online'
import * as registry from '@/lib/registry'
import { listFeatureGroupsQuery, listFeatureServicesQuery } from '@/lib/registry/operations'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { flushUsage } from '@/lib/usage'
import { runMaterialization } from '.'
import { ingest, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let owner: Context
let other: Context
const now = () => new Date('2026-06-01T00:00:00Z')
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  owner = contextOf(['producer', 'consumer'], team, { now })
  other = contextOf(['consumer'], null, { now })
})
afterAll(async () => {
  await stopHearingRegistry()
  await engine.stop()
})

const because = { reason: 'Nobody needs it.' }
const newGroup = async (overrides: Record<string, unknown> = {}) =>
  (await registry.registerFeatureGroup(owner, groupBody(overrides))).name
const row = (num_logins: number, day: string, customer_id = 1) => ({
  customer_id,
  interaction_date: `2026-05-${day}`,
  num_logins,
})
const read = async (ctx: Context, group: string, ids = [1, 2]) =>
  readOnline(ctx, [`${group}:num_logins`], { customer_id: ids })
const values = async (group: string, ids?: number[]) => (await read(owner, group, ids)).values[0]
const archive = (group: string) => registry.archiveVersion(owner, group, 1, because)
const restore = (group: string) => registry.restoreVersion(owner, group, 1, because)

/** What the queued jobs of a group would do, one after the other. */
async function runJobs(group: string) {
  const queued = await db()
    .select()
    .from(jobs)
    .where(
      and(
        eq(jobs.resourceName, group),
        eq(jobs.state, 'queued'),
        inArray(jobs.kind, ['clear_online', 'materialize']),
      ),
    )
  const counts: Record<string, number> = {}
  for (const { id, kind, input } of queued) {
    await db().update(jobs).set({ state: 'running' }).where(eq(jobs.id, id))
    if (kind === 'clear_online' && Array.isArray(input.viewIds))
      counts[kind] = await clearViews(input.viewIds, null, async () => {})
    else {
      const { rows } = await runMaterialization({
        ctx: owner,
        input: { group, version: 1, environment: 'prod', from: null, to: null },
        progress: async () => {},
        log: async () => {},
      })
      counts[kind] = Number(rows)
    }
    await db().update(jobs).set({ state: 'succeeded' }).where(eq(jobs.id, id))
  }
  return counts
}

describe('archiving a version', () => {
  it('refuses reads and rows, empties the online store and keeps the history; restoring brings all of it back', async () => {
    const group = await newGroup()
    await ingest(owner, group, [row(1, '01'), row(2, '02', 2)])
    await ingest(owner, group, [row(3, '03')])
    const before = await registry.resolveVersion(owner, { group })
    expect(await archive(group)).toMatchObject({
      state: 'archived',
      archival: { reason: because.reason, archived_at: '2026-06-01T00:00:00.000000Z' },
    })
    await expect(read(owner, group)).rejects.toMatchObject({
      code: 'gone',
      message: expect.stringContaining(`Team ${team.name} can restore it`),
    })
    await expect(
      getTrainingData(owner, {
        group,
        start: '2026-05-01',
        end: '2026-05-31',
        latest: false,
        format: 'json',
      }),
    ).rejects.toMatchObject({ code: 'gone' })
    await expect(ingest(owner, group, [row(9, '09')])).rejects.toMatchObject({ code: 'conflict' })
    expect(await runJobs(group)).toEqual({ clear_online: 2 })
    expect(await db().$count(onlineRows, eq(onlineRows.viewId, before.viewId))).toBe(0)

    expect(await restore(group)).toMatchObject({ state: 'active', archival: null })
    const meanwhile = await read(owner, group)
    expect(meanwhile).toMatchObject({ meta: { online: { state: 'pending', watermark: null } } })
    expect(await runJobs(group)).toEqual({ materialize: 3 })
    expect(await values(group)).toEqual([3, 2])
    await ingest(owner, group, [row(4, '04')])
    expect(await values(group)).toEqual([4, 2])
    const acts = await db()
      .select({ reason: auditLog.reason })
      .from(auditLog)
      .where(and(eq(auditLog.resourceName, `${group}@1`), eq(auditLog.action, 'version:deprecate')))
      .orderBy(auditLog.time)
    expect(acts.map(({ reason }) => reason).sort()).toEqual([
      `Archived: ${because.reason}`,
      `Restored: ${because.reason}`,
    ])
  })

  it('is shown to those who ask for it, in lists, search and facets', async () => {
    const group = await newGroup()
    await archive(group)
    const listed = async (query: object) =>
      (await registry.listFeatureGroups(owner, listFeatureGroupsQuery.parse({ q: group, ...query }))).data
    expect(await listed({})).toEqual([])
    expect(await listed({ state: 'archived' })).toMatchObject([{ name: group, state: 'archived' }])
    const found = await search(owner, searchQuery.parse({ q: group }))
    expect(found.data).toEqual([])
    expect(found.facets.lifecycle).toEqual([{ value: 'archived', count: 3 }])
    const asked = await search(owner, searchQuery.parse({ q: group, lifecycle: 'archived', kind: 'group' }))
    expect(asked.data).toMatchObject([{ name: group, lifecycle: 'archived' }])
  })

  it('of what a service selects is refused with the service, until that is archived too', async () => {
    const group = await newGroup()
    const { name } = await registry.registerFeatureService(owner, {
      name: mintName('service'),
      features: [`${group}:num_logins`],
    })
    const refused = { users: [`feature service ${name}`] }
    await expect(archive(group)).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: refused },
    })
    expect(await registry.impactOf(owner, group, { change: 'archive' })).toMatchObject({ refused })
    await registry.archiveFeatureService(owner, name, because)
    expect(await registry.impactOf(owner, group, { change: 'archive' })).toMatchObject({ refused: null })
    await archive(group)
    await expect(registry.restoreFeatureService(owner, name, because)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`${group}@1`),
    })
    await restore(group)
    await registry.restoreFeatureService(owner, name, because)
  })

  it('while others read it asks for a deprecation first, and keeps the sunset that was promised', async () => {
    const group = await newGroup()
    await ingest(owner, group, [row(1, '01')])
    await read(owner, group)
    await read(other, group)
    await flushUsage()
    await expect(archive(group)).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { users: [other.actor.id] } },
    })
    const sunset_at = '2026-06-02T00:00:00Z'
    await registry.deprecateVersion(owner, group, 1, { reason: 'x', sunset_at })
    await expect(archive(group)).rejects.toThrow(/promised to its readers until 2026-06-02/)
    const later = { ...owner, now: () => new Date('2026-06-03T00:00:00Z') }
    await registry.archiveVersion(later, group, 1, because)
    const restored = await registry.restoreVersion(later, group, 1, because)
    expect(restored).toMatchObject({ state: 'deprecated' })
    // Past its sunset nobody may read it: it is not brought online before that is taken back, too.
    expect((await runJobs(group)).materialize).toBeUndefined()
    await registry.restoreVersion(later, group, 1, because)
    expect((await runJobs(group)).materialize).toBe(1)
    expect(await values(group, [1])).toEqual([1])
  })

  it('is refused for a draft, without a reason, and to those who may not', async () => {
    const group = await newGroup()
    const { features } = await registry.getFeatureGroup(owner, group)
    const [first] = features
    await registry.addVersion(owner, group, { features: [{ name: first?.name, type: first?.type }] })
    await expect(registry.archiveVersion(owner, group, 2, because)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('draft'),
    })
    await expect(registry.archiveVersion(owner, group, 1, {})).rejects.toMatchObject({ code: 'invalid' })
    const viewer = contextOf(['viewer'])
    await expect(registry.archiveVersion(viewer, group, 1, because)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

/** By its name a search also finds neighbouring numbers, as near misspellings. */
const namesFound = async (name: string) =>
  (await search(owner, searchQuery.parse({ q: name }))).data.map((hit) => hit.name)

describe('a feature service', () => {
  const newService = async () => {
    const group = await newGroup()
    await ingest(owner, group, [row(1, '01')])
    const service = await registry.registerFeatureService(owner, {
      name: mintName('service'),
      features: [`${group}:num_logins`],
    })
    return { ...service, group }
  }
  const readService = (name: string) =>
    readOnline(owner, [], { customer_id: [1] }, { features: undefined, feature_service: name })

  it('that is archived answers 410 by its name and leaves the lists; restored, it answers as before', async () => {
    const { name, group } = await newService()
    expect(await registry.archiveFeatureService(owner, name, because)).toMatchObject({
      state: 'archived',
      archival: because,
    })
    await expect(readService(name)).rejects.toMatchObject({ code: 'gone' })
    expect(await values(group, [1])).toEqual([1])
    const listed = async (state?: string) =>
      (await registry.listFeatureServices(owner, listFeatureServicesQuery.parse({ group, state }))).data
    expect(await listed()).toEqual([])
    expect(await listed('archived')).toMatchObject([{ name }])
    expect(await namesFound(name)).not.toContain(name)
    await expect(
      registry.addServiceVersion(owner, name, { features: [`${group}:avg_session_duration`] }),
    ).rejects.toMatchObject({ code: 'conflict' })
    await expect(registry.archiveFeatureService(owner, name, because)).rejects.toMatchObject({
      code: 'conflict',
    })
    await registry.restoreFeatureService(owner, name, because)
    expect((await readService(name)).values).toEqual([[1]])
  })

  it('that is read is not deleted, and says who reads it', async () => {
    const { name, etag } = await newService()
    await readService(name)
    await flushUsage()
    await expect(registry.deleteFeatureService(owner, name, etag)).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { users: [owner.actor.id] } },
    })
  })

  it('that nobody uses is deleted by whoever has seen it as it is', async () => {
    const { name, etag } = await newService()
    const remove = (ctx: Context, tag: string | null) => registry.deleteFeatureService(ctx, name, tag)
    await expect(remove(owner, null)).rejects.toMatchObject({ code: 'precondition_required' })
    await expect(remove(owner, '"99"')).rejects.toMatchObject({ code: 'precondition_failed' })
    await expect(remove(contextOf(['viewer']), etag)).rejects.toMatchObject({ code: 'forbidden' })
    await remove(owner, etag)
    await expect(registry.getFeatureService(owner, name)).rejects.toMatchObject({ code: 'not_found' })
    const open = await db().select().from(edges).where(eq(edges.toName, name))
    expect(open.every(({ validTo }) => validTo !== null)).toBe(true)
    expect(await namesFound(name)).not.toContain(name)
  })
})
