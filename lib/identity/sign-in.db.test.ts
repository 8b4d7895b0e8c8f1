import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { db, withTransaction } from '@/db/client'
import { auditLog, people } from '@/db/schema'
import type { DomainError } from '@/lib/core/errors'
import { authenticateSession } from './authenticate-session'
import { hashPassword } from './passwords'
import { sessionCookieName, sessionToken } from './session-cookie'
import { closeSession, type OpenSession } from './sessions'
import { signInWithLink, signInWithPassword } from './sign-in'
import { createSignInLink, peekSignInLink } from './sign-in-links'
import { testActor } from './testing'

const password = 'correct horse battery'
const start = Date.parse('2030-01-01T00:00:00Z')
const later = (seconds: number) => ({
  address: '127.0.0.1',
  userAgent: 'test',
  now: new Date(start + seconds * 1000),
})
const now = () => ({ address: null, userAgent: null, now: new Date() })

const caught = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.unreachable('it was allowed'),
    (error) => error,
  )

let id: string
let email: string
const tryPassword = (text: string, seconds: number) =>
  signInWithPassword({ email, password: text }, later(seconds))
const cookieOf = async (session: OpenSession) => `${sessionCookieName}=${await sessionToken(session)}`

beforeEach(async () => {
  const actor = await testActor({ role: 'viewer', team: 'growth' })
  id = actor.id
  email = `${id}@test.example`
  await db()
    .update(people)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(people.id, id))
})

describe('by password', () => {
  test('opens a session that authenticates with roles and teams', async () => {
    const session = await signInWithPassword({ email: email.toUpperCase(), password }, now())
    expect(await authenticateSession(await cookieOf(session))).toMatchObject({
      kind: 'user',
      id,
      sessionId: session.id,
      roles: [{ role: 'viewer', teamId: null, environment: null }],
      teams: [{ team: 'growth', membership: 'member' }],
    })
  })

  test('gives every refusal the same words', async () => {
    const wrong = await caught(tryPassword('wrong password', 0))
    const unknown = await caught(signInWithPassword({ email: 'nobody@test.example', password }, later(0)))
    expect(wrong).toMatchObject({ code: 'unauthenticated' })
    expect(unknown.message).toBe(wrong.message)
    await db().update(people).set({ disabledAt: new Date().toISOString() }).where(eq(people.id, id))
    expect((await caught(tryPassword(password, 0))).message).toBe(wrong.message)
  })

  test('rests after five failures, twice as long after each further one', async () => {
    for (let round = 0; round < 5; round++) await caught(tryPassword('wrong password', 0))
    await caught(tryPassword(password, 29))
    await caught(tryPassword('wrong password', 31))
    await caught(tryPassword(password, 31 + 59))
    expect(await tryPassword(password, 31 + 61)).toMatchObject({ personId: id })
    await caught(tryPassword('wrong password', 100))
    expect(await tryPassword(password, 100)).toMatchObject({ personId: id })
  })

  test('turns a flood away and serves those who wait', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 40 }, () => tryPassword(password, 0)))
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
    // Eight wait at a time; how many of the rest come when one is done is the machine's affair.
    expect(new Set(refused)).toEqual(new Set(['rate_limited']))
    expect(tries.length - refused.length).toBeGreaterThanOrEqual(8)
    expect(await tryPassword(password, 1)).toMatchObject({ personId: id })
  })

  test('refuses what is no text that could be stored', async () => {
    expect(await caught(signInWithPassword({ email: 'a\u0000b', password }, now()))).toMatchObject({
      code: 'invalid',
    })
    expect(await caught(signInWithPassword({}, now()))).toMatchObject({ code: 'invalid' })
  })
})

describe('by link', () => {
  const makeLink = async (at = new Date(start)) => {
    const link = await withTransaction((tx) => createSignInLink(tx, id, at))
    return new URL(link.path, 'http://localhost').searchParams.get('token') ?? ''
  }

  test('works once, for twenty-four hours, and looking does not use it up', async () => {
    const token = await makeLink()
    expect(await peekSignInLink(token, new Date(start))).toMatchObject({ email })
    expect(await signInWithLink({ token }, later(86_399))).toMatchObject({ personId: id })
    expect(await caught(signInWithLink({ token }, later(86_399)))).toMatchObject({ code: 'unauthenticated' })
    expect(await peekSignInLink(token, new Date(start))).toBeNull()
    const late = await makeLink()
    expect(await caught(signInWithLink({ token: late }, later(86_400)))).toMatchObject({
      code: 'unauthenticated',
    })
  })

  test('of two at once one wins', async () => {
    const token = await makeLink()
    const tries = await Promise.allSettled([1, 2, 3].map(() => signInWithLink({ token }, later(1))))
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })

  test('a new link ends the one before', async () => {
    const first = await makeLink()
    await makeLink()
    expect(await caught(signInWithLink({ token: first }, later(1)))).toMatchObject({
      code: 'unauthenticated',
    })
  })

  test('sets a password, and one that is too short leaves the link whole', async () => {
    const token = await makeLink()
    expect(await caught(signInWithLink({ token, password: 'short' }, later(1)))).toMatchObject({
      code: 'invalid',
    })
    await signInWithLink({ token, password: 'a password of my own' }, later(1))
    expect(await tryPassword('a password of my own', 2)).toMatchObject({ personId: id })
  })
})

test('every write of signing in is in the audit log', async () => {
  const told = async () => {
    const rows = await db().select().from(auditLog).where(eq(auditLog.resourceName, personName))
    return rows.map(({ actorName, reason }) => [actorName, reason])
  }
  const personName = `Person ${id}`
  await db().update(people).set({ name: personName }).where(eq(people.id, id))
  for (let round = 0; round < 5; round++) await caught(tryPassword('wrong password', 0))
  await tryPassword(password, 60)
  const link = await withTransaction((tx) => createSignInLink(tx, id, new Date(start)))
  const token = new URL(link.path, 'http://localhost').searchParams.get('token') ?? ''
  await signInWithLink({ token, password: 'a password of my own' }, later(61))
  expect((await told()).sort()).toEqual([
    ['Almanac', 'The account rests after failed sign-ins.'],
    [personName, 'Signed in by password.'],
    [personName, 'Used a sign-in link and set a password.'],
  ])
})

test('a closed session authenticates nobody, at once', async () => {
  const session = await signInWithPassword({ email, password }, now())
  const cookie = await cookieOf(session)
  expect(await authenticateSession(cookie)).not.toBeNull()
  await closeSession(session.id)
  expect(await authenticateSession(cookie)).toBeNull()
})
