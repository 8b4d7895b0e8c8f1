import { eq } from 'drizzle-orm'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { db, sql } from '@/db/client'
import { apiKeys, auditLog, people } from '@/db/schema'
import { listAudit } from '@/lib/audit'
import { decide, type Subject } from '@/lib/authz'
import { groupWith } from '@/lib/authz/testing/subjects'
import type { DomainError } from '@/lib/core/errors'
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys'
import { authenticateKey, knownKey } from './authenticate-key'
import { stopHearing } from './changes'
import { flushKeyUse } from './key-use'
import { digest } from './secrets'
import { testActor, testContext } from './testing'

const caught = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.unreachable('it was allowed'),
    (error) => error,
  )

const any = { ifMatch: '*' }
const producer = () => testActor({ role: 'producer', team: 'flights' })

async function keyOf(owner: Subject, limits: Record<string, unknown> = {}) {
  const made = await createApiKey(testContext(owner), { name: 'ci', ...limits })
  const actor = await authenticateKey(made.secret)
  if (actor?.kind !== 'apiKey') throw new Error('The key does not authenticate.')
  return { ...made, actor }
}

afterAll(stopHearing)

describe('making keys', () => {
  test('the secret is in the answer and only its hash is kept', async () => {
    const owner = await producer()
    const { secret, ...key } = await createApiKey(testContext(owner), { name: 'ci' })
    expect(secret).toMatch(/^alm_[\w-]{43}$/)
    expect(key).toMatchObject({ prefix: secret.slice(0, 12), owner: { kind: 'person', id: owner.id } })
    const [row] = await db().select().from(apiKeys).where(eq(apiKeys.id, key.id))
    expect(row?.secretHash).toBe(digest(secret))
    expect(JSON.stringify(row)).not.toContain(secret.slice(12))
    const administrator = await testActor({ role: 'administrator' })
    const { data } = await listAudit(testContext(administrator), { actor: owner.id })
    expect(data).toMatchObject([
      { action: 'key:create', verdict: 'allow', policies: ['owner-keeps-own-keys'] },
    ])
    expect(JSON.stringify(data)).not.toContain(secret)
  })

  test('a key has its owner’s rights within its own limits', async () => {
    const { actor } = await keyOf(await producer(), { scopes: ['group:write_online'], groups: ['mine'] })
    const team = actor.teams[0]
    const mine = groupWith({ name: 'mine', teamId: team?.teamId ?? '', team: 'flights' })
    const ctx = testContext(actor)
    expect(decide(ctx, 'group:write_online', mine).allowed).toBe(true)
    expect(decide(ctx, 'group:write_offline', mine).policies).toEqual(['key-scopes'])
    expect(decide(ctx, 'group:write_online', { ...mine, name: 'other' }).policies).toEqual(['key-groups'])
  })

  test.each([
    ['wider scopes', { scopes: ['key:create', 'group:update'] }],
    ['no scopes', {}],
    ['a longer life', { scopes: ['key:create'], expires_at: '2999-01-02T00:00:00Z' }],
  ])('a key cannot make a key with %s than its own', async (_, wanted) => {
    const limits = { scopes: ['key:create'], expires_at: '2999-01-01T00:00:00Z' }
    const { actor } = await keyOf(await producer(), limits)
    const made = createApiKey(testContext(actor), { name: 'child', expires_at: limits.expires_at, ...wanted })
    expect(await caught(made)).toMatchObject({ code: 'forbidden' })
    const audited = await db().select().from(auditLog).where(eq(auditLog.actorId, actor.keyId))
    expect(audited).toMatchObject([{ verdict: 'deny', action: 'key:create', policies: ['key-widens'] }])
    await createApiKey(testContext(actor), { name: 'child', ...limits })
  })

  test.each([
    [{ name: '' }, '/name'],
    [{ name: 'x', scopes: ['group:fly'] }, '/scopes/0'],
    [{ name: 'x', environments: ['mars'] }, '/environments'],
    [{ name: 'x', groups: ['No Name'] }, '/groups/0'],
    [{ name: 'x', expires_at: '2001-01-01T00:00:00Z' }, '/expires_at'],
    [{ name: 'x', expires_at: 'tomorrow' }, '/expires_at'],
    [{ name: 'x', service_account: 'nobody' }, '/service_account'],
    [{ name: 'x', colour: 'red' }, '/colour'],
    [{ name: 'a\u0000' }, '/name'],
  ])('%j is refused at %s', async (input, pointer) => {
    const error = await caught(createApiKey(testContext(await producer()), input))
    expect(error).toMatchObject({ code: 'invalid', details: { errors: [{ pointer }] } })
  })

  test('somebody without any role still has keys of their own and sees no others', async () => {
    const [one, other] = [await testActor(), await testActor()]
    const { id } = await keyOf(one)
    await keyOf(other)
    expect((await listApiKeys(testContext(one), {})).data.map((key) => key.id)).toEqual([id])
    const all = await listApiKeys(testContext(await testActor({ role: 'administrator' })), { limit: '200' })
    expect(all.meta.total).toBe(all.data.length)
    expect(all.data.length).toBeGreaterThan(1)
  })
})

describe('authentication', () => {
  test('a revoked key is worth nothing at once', async () => {
    const owner = await producer()
    const { id, secret } = await keyOf(owner)
    const revoke = (precondition: { ifMatch: string | null }) =>
      revokeApiKey(testContext(owner), { id, ...precondition })
    expect(await caught(revoke({ ifMatch: null }))).toMatchObject({ code: 'precondition_required' })
    expect(await caught(revoke({ ifMatch: '"9"' }))).toMatchObject({ code: 'precondition_failed' })
    await revoke(any)
    expect(await authenticateKey(secret)).toBeNull()
    expect(await caught(revoke(any))).toMatchObject({ code: 'not_found' })
  })

  test('a key that another process revoked is worth nothing as soon as that is heard', async () => {
    const { id, secret } = await keyOf(await producer())
    await sql()`update api_keys set revoked_at = now() where id = ${id}`
    expect(await authenticateKey(secret)).not.toBeNull()
    await sql()`select pg_notify('almanac_identity', '')`
    await expect.poll(() => authenticateKey(secret), { timeout: 2000, interval: 10 }).toBeNull()
  })

  test('somebody else’s key is as good as missing', async () => {
    const { id } = await keyOf(await producer())
    const stranger = testContext(await producer())
    expect(await caught(revokeApiKey(stranger, { id, ...any }))).toMatchObject({
      code: 'not_found',
      message: `API key ${id} was not found.`,
    })
  })

  test.each(['', 'alm_', `alm_${'A'.repeat(43)}`, `xyz_${'A'.repeat(43)}`])(
    '%j authenticates nobody',
    async (secret) => {
      expect(await authenticateKey(secret)).toBeNull()
    },
  )

  test('keys of somebody who was disabled, and keys past their end, authenticate nobody', async () => {
    const owner = await producer()
    const { secret, id } = await keyOf(owner)
    await db().update(people).set({ disabledAt: new Date().toISOString() }).where(eq(people.id, owner.id))
    await sql()`select pg_notify('almanac_identity', '')`
    await expect.poll(() => authenticateKey(secret), { timeout: 2000, interval: 10 }).toBeNull()
    const other = await keyOf(await producer())
    await db().update(apiKeys).set({ expiresAt: '2001-01-01T00:00:00Z' }).where(eq(apiKeys.id, other.id))
    await sql()`select pg_notify('almanac_identity', '')`
    await expect.poll(() => authenticateKey(other.secret), { timeout: 2000, interval: 10 }).toBeNull()
    expect(id).not.toBe(other.id)
  })

  test('the last use is written in batches', async () => {
    const { id, secret } = await keyOf(await producer())
    await authenticateKey(secret)
    await flushKeyUse()
    const [row] = await db().select().from(apiKeys).where(eq(apiKeys.id, id))
    expect(row?.lastUsedAt).not.toBeNull()
  })

  describe('of a key in use, for which nobody announces a change', () => {
    const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)
    afterEach(() => vi.useRealTimers())

    test('the actor stays the same one while its rights do, and is another one when they change', async () => {
      vi.useFakeTimers({ toFake: ['Date'] })
      const { secret, actor, id } = await keyOf(await producer())
      const others = await Promise.all([producer(), producer()].map(async (one) => keyOf(await one)))
      later(6)
      const [same, ...rest] = await Promise.all(
        [secret, ...others.map((one) => one.secret)].map((one) => authenticateKey(one)),
      )
      expect(same).toBe(actor)
      expect(rest.map((one) => one?.id)).toEqual(others.map((one) => one.actor.id))
      await sql()`update api_keys set scopes = '{group:write_online}' where id = ${id}`
      expect(await authenticateKey(secret)).toBe(actor)
      later(6)
      expect(await authenticateKey(secret)).toMatchObject({ id: actor.id, scopes: ['group:write_online'] })
    })

    test('it is asked again before anybody waits for it', async () => {
      vi.useFakeTimers({ toFake: ['Date'] })
      const { secret, actor, id } = await keyOf(await producer())
      await sql()`update api_keys set revoked_at = now() where id = ${id}`
      later(3)
      expect(knownKey(secret)).toBe(actor)
      later(1)
      await expect.poll(() => knownKey(secret), { timeout: 2000, interval: 10 }).toBeNull()
      expect(await authenticateKey(secret)).toBeNull()
    })
  })
})
