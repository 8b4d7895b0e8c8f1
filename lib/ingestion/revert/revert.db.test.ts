import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { auditLog, versionEnvironments } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { finishOnline, listCommits } from '..'
import { compactGroup } from '../compact/compact-group'
import { ingest, readOnline, requestWithKey } from '../testing'
import { revertCommit } from './revert-commit'
import { type Row, steps, Timeline } from './timeline.testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T00:00:00Z')
const producer = (at = now) => contextOf(['producer'], team, { now: () => at })
const newGroup = async () => (await registerFeatureGroup(producer(), groupBody())).name
const body = { reason: 'The unit was wrong.' }
const row = (num_logins: number, interaction_date = '2026-05-01', customer_id = 1) => ({
  customer_id,
  interaction_date,
  num_logins,
})
const online = async (group: string, ids: number[]) =>
  (await readOnline(producer(), [`${group}:num_logins`], { customer_id: ids })).values[0]

describe('reverts', () => {
  it('leave history and online as a plain loop says, at every known instant', async () => {
    await fc.assert(
      fc.asyncProperty(steps(false), async (all) => {
        const timeline = await Timeline.create(team)
        for (const step of all) {
          await timeline.step(step, async () => {})
          expect(await timeline.actualOnline()).toEqual(timeline.expectedOnline())
        }
        for (const at of timeline.instants())
          expect(await timeline.actualHistory(at)).toEqual(timeline.expectedHistory(at))
      }),
      { numRuns: Number(process.env.ALMANAC_PROPERTY_RUNS ?? 25) },
    )
  }, 240_000)

  it('end the Idempotency-Key, correct the counts, and stand in the audit log with their reason', async () => {
    const group = await newGroup()
    const ctx = producer()
    await ingest(ctx, group, [row(1, '2026-04-01')])
    const send = () => ingest(ctx, group, [row(5)], { idempotency: requestWithKey('once') })
    const first = await send()
    expect((await send()).commit).toBe(first.commit)
    const revert = await revertCommit(ctx, { group, id: first.commit ?? '', body })
    expect(revert).toMatchObject({
      kind: 'revert',
      online: 'done',
      reason: body.reason,
      reverts: { id: first.commit, kind: 'ingest', rows: 1 },
    })
    const { versionId } = await resolveVersion(ctx, { group })
    const place = () =>
      db().select().from(versionEnvironments).where(eq(versionEnvironments.versionId, versionId))
    expect(await place()).toMatchObject([
      { rowCount: 1, newestEventTime: expect.stringContaining('2026-04-01') },
    ])
    expect(await online(group, [1])).toEqual([1])
    const again = await send()
    expect(again.commit).not.toBe(first.commit)
    expect(await place()).toMatchObject([
      { rowCount: 2, newestEventTime: expect.stringContaining('2026-05-01') },
    ])
    expect(await online(group, [1])).toEqual([5])
    const audited = await db()
      .select()
      .from(auditLog)
      .where(eq(auditLog.reason, `Commit reverted: ${body.reason}`))
    expect(audited).toMatchObject([
      { action: 'group:write_offline', after: { kind: 'revert', commit: revert.id, hides: first.commit } },
    ])
  })

  it('happen once, whoever asks at the same time; the refusal names the first', async () => {
    const group = await newGroup()
    const { commit } = await ingest(producer(), group, [row(5)])
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => revertCommit(producer(), { group, id: commit ?? '', body })),
    )
    const made = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(made).toHaveLength(1)
    for (const one of asked)
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({
          code: 'conflict',
          details: { extensions: { reverted_by: made[0]?.id } },
        })
    const { data } = await listCommits(producer(), { group, limit: 10 })
    expect(data).toMatchObject([
      { kind: 'revert', state: 'in_force' },
      { state: 'reverted', reverted_by: { id: made[0]?.id, reason: body.reason } },
    ])
  })

  it('are refused where nothing is to be reverted, and to those who may not write', async () => {
    const group = await newGroup()
    const other = await newGroup()
    const { commit } = await ingest(producer(), group, [row(5)])
    const id = commit ?? ''
    const revert = (more: object, ctx = producer()) => revertCommit(ctx, { group, id, body, ...more })
    await expect(revert({ group: other })).rejects.toMatchObject({ code: 'not_found' })
    await expect(revert({ id: 'a\u0000b' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(revert({ group: 'a\u0000b' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(revert({ id: 'nothing' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(revert({ group: 'nothing' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(revert({}, { ...producer(), environment: 'dev' })).rejects.toMatchObject({
      code: 'not_found',
    })
    for (const bad of [{}, { reason: ' ' }, { reason: 5 }, { reason: 'x', more: 1 }, null, 'text'])
      await expect(revert({ body: bad })).rejects.toMatchObject({ code: 'invalid' })
    await expect(revert({ body: null }, contextOf(['viewer']))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(revert({}, contextOf(['producer'], await mintTeam()))).rejects.toMatchObject({
      code: 'forbidden',
    })
    expect(await online(group, [1])).toEqual([5])
    const undone = await revert({})
    const back = await revert({ id: undone.id })
    expect(await online(group, [1])).toEqual([5])
    await expect(revert({ id: undone.id })).rejects.toMatchObject({ code: 'conflict' })
    await expect(revert({ id: back.id })).rejects.toMatchObject({
      code: 'conflict',
      details: { extensions: { revert_instead: id } },
    })
  })

  it('of a large commit reach the online store by the outbox, beside what arrives meanwhile', async () => {
    const group = await newGroup()
    await ingest(producer(), group, [row(11, '2026-04-01', 5), row(12, '2026-04-01', 7)])
    const csv = `customer_id,interaction_date,num_logins\n${Array.from({ length: 100_001 }, (_, i) => `${i % 60_000},2026-05-01T00:00:${String(i % 60).padStart(2, '0')}Z,${i}\n`).join('')}`
    const large = await ingest(producer(), group, csv, { contentType: 'text/csv' })
    await finishOnline()
    // Older than the row that is still there, newer than the one before.
    const late = () => ingest(producer(), group, [row(77, '2026-04-15', 7)])
    await ingest(producer(), group, [row(66, '2026-04-15', 9)])
    const revert = await revertCommit(producer(), { group, id: large.commit ?? '', body })
    expect(revert.online).toBe('pending')
    await late()
    await finishOnline()
    expect(await online(group, [5, 7, 9, 11])).toEqual([11, 77, 66, null])
    expect((await listCommits(producer(), { group, limit: 10 })).online.state).toBe('done')
    await revertCommit(producer(), { group, id: revert.id, body })
    await finishOnline()
    expect(await online(group, [5, 7, 9, 11])).toEqual([60_005, 60_007, 60_009, 60_011])
  }, 120_000)
})

describe('everything at once', () => {
  it('ingests, reverts, compactions and materializations of one group leave what one after the other would', async () => {
    const timeline = await Timeline.create(team)
    const ctx = timeline.context()
    const { groupName: group, major: version, environment } = await timeline.version()
    const rowsOf = new Map<string, Row[]>()
    const base = BigInt(Date.parse('2026-05-31T00:00:00Z')) * 1000n
    const write = async (index: number) => {
      const rows: Row[] = [1, 2, 3].map((key) => ({
        key,
        at: base + BigInt((index * 7 + key) % 11) * 1_000_000n,
        value: index * 10 + key,
        deleted: (index + key) % 5 === 0,
      }))
      const answer = await ingest(
        ctx,
        group,
        rows.map(({ key, at, value, deleted }) => ({
          customer_id: key,
          interaction_date: new Date(Number(at / 1000n)).toISOString(),
          ...(deleted ? { _op: 'delete' } : { num_logins: value }),
        })),
        index % 4 === 0 ? { to: 'offline' } : {},
      )
      rowsOf.set(answer.commit ?? '', rows)
      // Every third is reverted at once, beside the next ones; every ninth comes back.
      if (index % 3 > 0) return
      const revert = await revertCommit(ctx, { group, id: answer.commit ?? '', body })
      if (index % 9 === 0) await revertCommit(ctx, { group, id: revert.id, body })
    }
    const compact = () => compactGroup(ctx, { group, version, environment, least: 2 }, async () => {})
    await Promise.all([
      ...Array.from({ length: 36 }, (_, index) => write(index)),
      (async () => {
        for (let round = 0; round < 8; round++) await compact()
      })(),
      (async () => {
        for (let round = 0; round < 8; round++) await timeline.materialize()
      })(),
    ])
    await timeline.materialize()
    await timeline.adopt(rowsOf)
    expect(timeline.commits).toHaveLength(36 + 12 + 4)
    expect(await timeline.actualOnline()).toEqual(timeline.expectedOnline())
    for (const at of timeline.instants())
      expect(await timeline.actualHistory(at)).toEqual(timeline.expectedHistory(at))
  }, 120_000)
})
