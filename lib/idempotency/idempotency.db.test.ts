import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db, sharedSession, sql } from '@/db/client'
import { commits, idempotencyKeys } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { ingest, requestWithKey } from '@/lib/ingestion/testing'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { claim, deleteExpiredAnswers, once } from '.'
import { scopeOf } from './scope'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)
const newGroup = async () => (await registerFeatureGroup(producer(), groupBody())).name
const rows = (value: number) => [{ customer_id: 1, interaction_date: '2026-05-01', num_logins: value }]

async function commitsOf(group: string): Promise<number> {
  const { versionId } = await resolveVersion(producer(), { group })
  return db().$count(commits, eq(commits.versionId, versionId))
}

describe('Idempotency-Key', () => {
  it('answers a retry as the first time, without a second copy', async () => {
    const ctx = producer()
    const group = await newGroup()
    const idempotency = requestWithKey('retry')
    const first = await ingest(ctx, group, rows(1), { idempotency })
    expect(await ingest(ctx, group, rows(1), { idempotency })).toEqual(first)
    expect(await commitsOf(group)).toBe(1)
  })

  it('refuses the key with another body, even one that is not valid', async () => {
    const ctx = producer()
    const group = await newGroup()
    const idempotency = requestWithKey('other')
    await ingest(ctx, group, rows(1), { idempotency })
    await expect(ingest(ctx, group, rows(2), { idempotency })).rejects.toMatchObject({ code: 'conflict' })
    await expect(ingest(ctx, group, '{"rows":', { idempotency })).rejects.toMatchObject({ code: 'conflict' })
    expect(await commitsOf(group)).toBe(1)
  })

  it('keeps a refusal of the content, and nothing else that failed', async () => {
    const ctx = producer()
    const group = await newGroup()
    const idempotency = requestWithKey('refused')
    const refusal = await ingest(ctx, group, rows(-1), { idempotency }).catch((error: unknown) => error)
    const again = await ingest(ctx, group, rows(-1), { idempotency }).catch((error: unknown) => error)
    expect(again).toMatchObject({ code: 'invalid', details: { errors: [{ row: 1, column: 'num_logins' }] } })
    expect(again).toEqual(refusal)
    await expect(ingest(ctx, group, rows(1), { idempotency })).rejects.toMatchObject({ code: 'conflict' })
    const broken = requestWithKey('broken')
    await expect(ingest(ctx, group, '{"rows":', { idempotency: broken })).rejects.toMatchObject({
      code: 'not_parseable',
    })
    expect(await ingest(ctx, group, rows(1), { idempotency: broken })).toMatchObject({ accepted: 1 })
  })

  it('lets one of many at once through; the others get its answer', async () => {
    const ctx = producer()
    const group = await newGroup()
    const idempotency = requestWithKey('race')
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ingest(ctx, group, rows(1), { idempotency })),
    )
    expect(new Set(answers.map(({ commit }) => commit)).size).toBe(1)
    expect(await commitsOf(group)).toBe(1)
  })

  it('belongs to a principal, a method and a path', async () => {
    const ctx = producer()
    const request = requestWithKey('same')
    const scopes = [
      scopeOf(ctx, request),
      scopeOf(producer(), request),
      scopeOf(ctx, { ...request, path: '/other' }),
      scopeOf(ctx, { ...request, method: 'DELETE' }),
      scopeOf(ctx, { ...request, query: 'version=2' }),
    ]
    expect(new Set(scopes).size).toBe(scopes.length)
    expect(scopeOf(ctx, { ...request, query: 'b=2&a=1' })).toBe(
      scopeOf(ctx, { ...request, query: 'a=1&b=2' }),
    )
  })

  it('refuses a key that is no header text', async () => {
    await expect(claim(producer(), requestWithKey('with blank'))).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('a claim', () => {
  it('of another process is waited for; when that process is gone, it is free', async () => {
    const ctx = producer()
    const request = requestWithKey('elsewhere')
    // Another session holds the lock, as another process would.
    const other = await sql().reserve()
    const key = (BigInt(`0x${scopeOf(ctx, request).slice(0, 16)}`) >> 1n).toString()
    await other`select pg_advisory_lock(${key}::bigint)`
    let got = false
    const waiting = claim(ctx, request).then((own) => {
      got = true
      return own
    })
    await other`select pg_sleep(0.3)`
    expect(got).toBe(false)
    await other`select pg_advisory_unlock(${key}::bigint)`
    other.release()
    await (await waiting).release()
    expect(got).toBe(true)
  })

  it('survives the loss of the database session that holds it, and so do the ones after it', async () => {
    const ctx = producer()
    const request = requestWithKey('cut')
    const own = await claim(ctx, request)
    const [session] = await sharedSession()`select pg_backend_pid() as pid`
    await sql()`select pg_terminate_backend(${session?.pid ?? 0})`
    await expect
      .poll(async () => (await sql()`select from pg_stat_activity where pid = ${session?.pid ?? 0}`).length)
      .toBe(0)
    await own.release()
    for (const key of ['cut', 'after-it']) await (await claim(ctx, requestWithKey(key))).release()
    expect(await Promise.all(Array.from({ length: 20 }, () => sql()`select 1 as one`))).toHaveLength(20)
  })

  it('that was lost does not let a second answer in', async () => {
    const ctx = producer()
    const request = requestWithKey('lost')
    const own = await claim(ctx, request)
    await db().transaction((tx) => own.complete(tx, 'hash', { a: 1 }))
    await expect(db().transaction((tx) => own.complete(tx, 'hash', { a: 2 }))).rejects.toMatchObject({
      code: 'in_progress',
    })
    await own.release()
    const next = await claim(ctx, request)
    expect(next.replay('hash')).toEqual({ a: 1 })
    await next.release()
  })

  it('of an act whose transaction failed keeps nothing, so that a retry acts again', async () => {
    const ctx = producer()
    const request = requestWithKey('rolled-back')
    const answer = { status: 201, headers: {}, body: '{"a":1}' }
    const act = (fails: boolean) =>
      once(
        ctx,
        request,
        async () => 'hash',
        (keep) =>
          db().transaction(async (tx) => {
            await keep(tx, answer)
            if (fails) throw new Error('the power went')
            return answer
          }),
      )
    const own = () => db().$count(idempotencyKeys, eq(idempotencyKeys.scope, scopeOf(ctx, request)))
    await expect(act(true)).rejects.toThrow('the power went')
    expect(await own()).toBe(0)
    expect(await act(false)).toEqual(answer)
    expect(await own()).toBe(1)
    expect(await act(true)).toEqual(answer)
  })

  it('is forgotten after seven days', async () => {
    const ctx = producer()
    const request = requestWithKey('old')
    const own = await claim(ctx, request)
    await own.complete(db(), 'hash', { a: 1 })
    await own.release()
    const later = new Date(Date.now() + 7 * 86_400_000 + 1000)
    const next = await claim({ ...ctx, now: () => later }, request)
    expect(next.answered).toBe(false)
    await next.release()
    expect(await deleteExpiredAnswers(later)).toBeGreaterThan(0)
    const left = and(eq(idempotencyKeys.scope, scopeOf(ctx, request)))
    expect(await db().$count(idempotencyKeys, left)).toBe(0)
  })
})
