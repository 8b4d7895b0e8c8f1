import postgres from 'postgres'
import { beforeAll, describe, expect, test } from 'vitest'
import { db, withTransaction } from '@/db/client'
import { auditLog } from '@/db/schema'
import { decide } from '@/lib/authz'
import { contextWith, groupWith, subjectWith } from '@/lib/authz/testing/subjects'
import type { DomainError } from '@/lib/core/errors'
import { authorize, authorizeAtAll } from './authorize'
import { listAudit, verifyAudit } from './list-audit'
import { record } from './record'
import { seal } from './seal'
import { startSealer } from './sealer'
import { verifyChain } from './verify'

const administrator = contextWith(subjectWith({ roles: ['administrator'] }))
const viewer = contextWith(subjectWith({ roles: ['viewer'] }))
const group = groupWith()

async function act(resource: string, overrides: Partial<Parameters<typeof record>[2]> = {}) {
  const decision = decide(administrator, 'group:update', group)
  await withTransaction((tx) =>
    record(tx, administrator, {
      action: 'group:update',
      resource: { kind: 'group', name: resource },
      decision,
      ...overrides,
    }),
  )
}

const caught = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.unreachable('it was allowed'),
    (error) => error,
  )

/** As the owner of the tables, with the guard switched off: what only a database administrator could do. */
async function tamper(statement: string) {
  const owner = postgres(process.env.DATABASE_OWNER_URL ?? '', { max: 1, onnotice: () => {} })
  try {
    await owner.unsafe(
      'alter table audit_log disable trigger user; alter table audit_chain disable trigger user',
    )
    await owner.unsafe(statement)
    await owner.unsafe(
      'alter table audit_log enable trigger user; alter table audit_chain enable trigger user',
    )
  } finally {
    await owner.end()
  }
}

describe('authorize', () => {
  test('a refusal is explained and leaves a row of its own', async () => {
    const error = await caught(authorize(viewer, 'group:update', groupWith({ name: 'refused_group' })))
    expect(error).toMatchObject({
      code: 'forbidden',
      message: 'Needs a producer of team flights; you are a viewer.',
      details: { decision: { action: 'group:update', resource: 'refused_group' } },
    })
    const { data } = await listAudit(administrator, { resource: 'group:refused_group' })
    expect(data).toMatchObject([
      {
        verdict: 'deny',
        action: 'group:update',
        actor: { id: 'asker', kind: 'user' },
        reason: error.message,
      },
    ])
  })

  test('what may not be known is the 404 of a missing thing', async () => {
    const hidden = groupWith({ name: 'hidden_group', classification: 'restricted' })
    const error = await caught(authorize(viewer, 'group:update', hidden))
    expect(error).toMatchObject({
      code: 'not_found',
      message: 'Feature group hidden_group was not found.',
      details: {},
    })
  })

  test('the coarse gate refuses before anything is known of the resource', async () => {
    expect(await caught(authorizeAtAll(viewer, 'group:create'))).toMatchObject({ code: 'forbidden' })
    await authorizeAtAll(viewer, 'catalog:describe')
  })

  test('an act that is rolled back leaves no row', async () => {
    const decision = await authorize(administrator, 'group:update', group)
    const failing = withTransaction(async (tx) => {
      await record(tx, administrator, {
        action: 'group:update',
        resource: { kind: 'group', name: 'undone' },
        decision,
      })
      throw new Error('undone')
    })
    await expect(failing).rejects.toThrow('undone')
    expect((await listAudit(administrator, { resource: 'undone' })).data).toEqual([])
  })
})

describe('the chain', () => {
  beforeAll(async () => {
    const odd = {
      big: 2n ** 70n,
      tiny: 5e-324,
      large: 1e21,
      zero: -0,
      text: 'é\u0000\ud800',
      list: [1.5, null],
    }
    await act('odd_values', { before: odd, after: { b: 1, a: { z: 1, y: 2 } }, reason: 'why' })
    await act('plain')
  })

  test('seals what is there, once, and holds', async () => {
    const sealed = await seal()
    expect(sealed).toBeGreaterThanOrEqual(2)
    expect(await seal()).toBe(0)
    await act('tail')
    expect(await verifyChain()).toEqual({ ok: true, sealed, unsealed: 1, first_broken: null })
  })

  test('two sealers at once make one chain', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => act(`many_${index}`)))
    await Promise.all([seal(), seal(), seal()])
    await seal()
    expect(await verifyAudit(administrator)).toMatchObject({ ok: true, unsealed: 0 })
  })

  test('the background service seals and stops', async () => {
    const stop = await startSealer()
    await act('watched')
    await expect.poll(async () => (await verifyChain()).unsealed, { timeout: 10_000, interval: 50 }).toBe(0)
    await act('last')
    await stop()
    expect(await verifyChain()).toMatchObject({ ok: true, unsealed: 0 })
  })

  test('the running role can change and delete nothing', async () => {
    await expect(db().update(auditLog).set({ reason: 'x' })).rejects.toThrow()
    await expect(db().delete(auditLog)).rejects.toThrow()
  })

  test.each([
    [
      'a changed row',
      `update audit_log set reason = 'forged' where resource_name = 'plain'`,
      'The row differs from its hash.',
    ],
    [
      'a changed link',
      `update audit_chain set prev_hash = repeat('1', 64) where seq = 3`,
      'The link does not continue the one before it.',
    ],
    ['a removed link', 'delete from audit_chain where seq = 3', 'Link 3 is missing.'],
  ])('%s is found', async (_, statement, reason) => {
    const restore = `
      create table kept_log as table audit_log; create table kept_chain as table audit_chain; ${statement}`
    await tamper(restore)
    const report = await verifyChain()
    await tamper(`delete from audit_chain; delete from audit_log;
      insert into audit_log select * from kept_log; insert into audit_chain select * from kept_chain;
      drop table kept_log; drop table kept_chain`)
    expect(report).toMatchObject({ ok: false, first_broken: { reason } })
    expect(await verifyChain()).toMatchObject({ ok: true })
  })
})

describe('the list', () => {
  test('pages newest first without gaps or repeats', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: Record<string, unknown> = { limit: '7', ...(cursor === null ? {} : { cursor }) }
      const page: Awaited<ReturnType<typeof listAudit>> = await listAudit(administrator, query)
      seen.push(...page.data.map((row) => row.id))
      cursor = page.meta.next_cursor
      if (cursor === null) expect(seen).toHaveLength(page.meta.total)
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(40)
  })

  test('filters by actor, action, verdict and time', async () => {
    const count = async (query: Record<string, unknown>) => (await listAudit(administrator, query)).meta.total
    expect(await count({ verdict: 'deny' })).toBe(3)
    expect(await count({ verdict: 'deny', action: 'group:create' })).toBe(1)
    expect(await count({ actor: 'nobody' })).toBe(0)
    expect(await count({ to: '2026-05-03T12:00:00Z' })).toBe(0)
    expect(await count({ from: '2026-05-03T12:00:00Z', actor: 'Asker' })).toBeGreaterThan(40)
  })

  test('refuses those who may not read it and cursors that it did not give', async () => {
    expect(await caught(listAudit(viewer, {}))).toMatchObject({ code: 'forbidden' })
    expect(await caught(listAudit(administrator, { cursor: 'x' }))).toMatchObject({ code: 'invalid' })
    expect(await caught(listAudit(administrator, { from: '0001-01-01T00:00:00Z' }))).toMatchObject({
      code: 'invalid',
    })
    expect(await caught(listAudit(administrator, { actor: '\u0000' }))).toMatchObject({ code: 'invalid' })
  })
})
