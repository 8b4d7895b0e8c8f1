import { and, eq, isNull } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db } from '@/db/client'
import { auditLog, sessions } from '@/db/schema'
import type { Subject } from '@/lib/authz'
import type { DomainError } from '@/lib/core/errors'
import { createApiKey } from './api-keys'
import { authenticateKey } from './authenticate-key'
import { authenticateSession } from './authenticate-session'
import { stopHearing } from './changes'
import { endSession, listSessions } from './own-sessions'
import { createPerson, getPerson, issueSignInLink, listPeople } from './people'
import { disablePerson, enablePerson } from './person-state'
import { sessionCookieName, sessionToken } from './session-cookie'
import { signInWithLink } from './sign-in'
import { createTeam, getTeam, removeTeamMember, setTeamMember } from './teams'
import { testActor, testContext } from './testing'

const caught = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.unreachable('it was allowed'),
    (error) => error,
  )
const place = () => ({ address: '203.0.113.9', userAgent: 'Firefox', now: new Date() })
const tokenOf = (path: string) => new URL(path, 'http://localhost').searchParams.get('token') ?? ''

let administrator: Subject
beforeAll(async () => {
  administrator = await testActor({ role: 'administrator' })
})
afterAll(stopHearing)
const asAdministrator = () => testContext(administrator)

let made = 0
/** A person who is signed in, as their browser and as the actor of a page. */
async function signedIn() {
  const name = `Person ${++made}`
  const email = `person-${made}@state.example`
  const person = await createPerson(asAdministrator(), { email, name, roles: [{ role: 'viewer' }] })
  const session = await signInWithLink({ token: tokenOf(person.sign_in_link.path) }, place())
  const cookie = `${sessionCookieName}=${await sessionToken(session)}`
  const actor = await authenticateSession(cookie)
  if (!actor) throw new Error('The session is not open.')
  return { person, session, cookie, ctx: testContext(actor) }
}

const auditOf = (name: string) =>
  db()
    .select({ reason: auditLog.reason, before: auditLog.before, after: auditLog.after })
    .from(auditLog)
    .where(and(eq(auditLog.resourceName, name), eq(auditLog.action, 'people:manage')))
    .orderBy(auditLog.id)

describe('disabling a person', () => {
  test('ends sessions, keys and links at once; enabling lets them in with what they had', async () => {
    const { person, cookie, ctx } = await signedIn()
    const { secret } = await createApiKey(ctx, { name: 'own' })
    const link = await issueSignInLink(asAdministrator(), person.id)
    expect(await authenticateKey(secret)).not.toBeNull()
    const disabled = await disablePerson(asAdministrator(), person.id, { reason: 'Left.' })
    expect(disabled.disabled_at).toMatch(/^\d{4}-/)
    expect(await authenticateKey(secret)).toBeNull()
    expect(await authenticateSession(cookie)).toBeNull()
    expect(await caught(signInWithLink({ token: tokenOf(link.path) }, place()))).toMatchObject({
      code: 'unauthenticated',
    })
    expect(await caught(issueSignInLink(asAdministrator(), person.id))).toMatchObject({ code: 'conflict' })
    expect(await caught(disablePerson(asAdministrator(), person.id, {}))).toMatchObject({ code: 'conflict' })
    expect(await auditOf(person.name)).toContainEqual({
      reason: 'Left.',
      before: { disabled_at: null },
      after: expect.objectContaining({ sessions_ended: 1, keys_revoked: 1 }),
    })

    const enabled = await enablePerson(asAdministrator(), person.id, undefined)
    expect(enabled).toMatchObject({ disabled_at: null, roles: [{ role: 'viewer' }] })
    expect(await authenticateKey(secret), 'a revoked key stays revoked').toBeNull()
    expect(await authenticateSession(cookie)).toBeNull()
    const again = await issueSignInLink(asAdministrator(), person.id)
    expect(await signInWithLink({ token: tokenOf(again.path) }, place())).toMatchObject({
      personId: person.id,
    })
    expect(await caught(enablePerson(asAdministrator(), person.id, {}))).toMatchObject({ code: 'conflict' })
  })

  test('is listed when asked for, and still has a page', async () => {
    const { person } = await signedIn()
    await disablePerson(asAdministrator(), person.id, {})
    const ids = async (state?: string) =>
      (await listPeople(asAdministrator(), { limit: 200, ...(state ? { state } : {}) })).data.map(
        ({ id }) => id,
      )
    expect(await ids()).not.toContain(person.id)
    expect(await ids('disabled')).toEqual(expect.arrayContaining([person.id]))
    expect(await ids('disabled')).not.toContain(administrator.id)
    expect(await ids('all')).toEqual(expect.arrayContaining([person.id, administrator.id]))
    expect(await getPerson(asAdministrator(), person.id)).toMatchObject({ id: person.id })
  })

  test('neither oneself nor the last administrator; only who manages people', async () => {
    const { person, ctx } = await signedIn()
    expect(await caught(disablePerson(ctx, administrator.id, {}))).toMatchObject({ code: 'forbidden' })
    expect(await caught(disablePerson(asAdministrator(), administrator.id, {}))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('themselves'),
    })
    const system = testContext({ kind: 'system', id: 'system', name: 'system', roles: [], teams: [] })
    expect(await caught(disablePerson(system, administrator.id, {}))).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('last administrator'),
    })
    const second = await testActor({ role: 'administrator' })
    expect(await disablePerson(asAdministrator(), second.id, {})).toMatchObject({ id: second.id })
    expect(await caught(disablePerson(asAdministrator(), 'nobody', {}))).toMatchObject({ code: 'not_found' })
    expect(await caught(disablePerson(asAdministrator(), person.id, { reason: 7 }))).toMatchObject({
      code: 'invalid',
    })
  })
})

describe('sessions', () => {
  test('are listed and ended by their person, at once', async () => {
    const { person, session, cookie, ctx } = await signedIn()
    const link = await issueSignInLink(asAdministrator(), person.id)
    const other = await signInWithLink({ token: tokenOf(link.path) }, place())
    const { data } = await listSessions(ctx, {})
    expect(data.map(({ id }) => id).sort()).toEqual([session.id, other.id].sort())
    expect(data.find(({ id }) => id === session.id)).toMatchObject({
      current: true,
      address: '203.0.113.9',
      user_agent: 'Firefox',
    })
    expect(await caught(endSession(ctx, { id: other.id, ifMatch: null }))).toMatchObject({
      code: 'precondition_required',
    })
    const otherCookie = `${sessionCookieName}=${await sessionToken(other)}`
    expect(await authenticateSession(otherCookie)).not.toBeNull()
    await endSession(ctx, { id: other.id, ifMatch: '*' })
    expect(await authenticateSession(otherCookie)).toBeNull()
    expect(await authenticateSession(cookie)).not.toBeNull()
    expect(await auditOf(person.name)).toContainEqual({
      reason: 'Session ended.',
      before: { session: other.id },
      after: null,
    })
    expect(await caught(endSession(ctx, { id: other.id, ifMatch: '*' }))).toMatchObject({ code: 'not_found' })
  })

  test('of others are for those who manage people; somebody else’s looks as if it were not there', async () => {
    const one = await signedIn()
    const two = await signedIn()
    expect(await caught(listSessions(one.ctx, { person: two.person.id }))).toMatchObject({
      code: 'forbidden',
    })
    const end = (id: string) => caught(endSession(one.ctx, { id, ifMatch: '*' }))
    const [theirs, none] = [await end(two.session.id), await end('no_such_session')]
    expect(theirs.message.replace(two.session.id, '')).toBe(none.message.replace('no_such_session', ''))
    const { data } = await listSessions(asAdministrator(), { person: two.person.id })
    expect(data).toMatchObject([{ id: two.session.id, current: false }])
    await endSession(asAdministrator(), { id: two.session.id, ifMatch: '*' })
    expect(await authenticateSession(two.cookie)).toBeNull()
    const open = and(eq(sessions.personId, one.person.id), isNull(sessions.revokedAt))
    expect(await db().select().from(sessions).where(open)).toHaveLength(1)
  })

  test('are no business of a key, which may be limited', async () => {
    const { ctx, session } = await signedIn()
    const { secret } = await createApiKey(ctx, { name: 'limited', scopes: ['group:read_online'] })
    const actor = await authenticateKey(secret)
    if (!actor) throw new Error('The key is not known.')
    const key = testContext(actor)
    expect(await caught(listSessions(key, {}))).toMatchObject({ code: 'forbidden' })
    expect(await caught(endSession(key, { id: session.id, ifMatch: '*' }))).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('taking somebody out of a team', () => {
  test('is done by its maintainers, in force at once', async () => {
    await createTeam(asAdministrator(), { name: 'left' })
    const maintainer = await testActor({ role: 'viewer', team: 'left', membership: 'maintainer' })
    const { person, cookie } = await signedIn()
    await setTeamMember(asAdministrator(), 'left', { person: person.id })
    expect((await authenticateSession(cookie))?.teams).toHaveLength(1)
    const remove = (ctx: ReturnType<typeof testContext>, id = person.id, ifMatch: string | null = '*') =>
      removeTeamMember(ctx, { name: 'left', person: id, ifMatch })
    expect(await caught(remove(testContext(await testActor({ role: 'viewer' }))))).toMatchObject({
      code: 'forbidden',
    })
    const ctx = testContext(maintainer)
    expect(await caught(remove(ctx, person.id, null))).toMatchObject({ code: 'precondition_required' })
    await remove(ctx)
    expect((await getTeam(asAdministrator(), 'left')).members.map(({ id }) => id)).toEqual([maintainer.id])
    expect((await authenticateSession(cookie))?.teams).toEqual([])
    expect(await caught(remove(ctx))).toMatchObject({ code: 'not_found' })
    expect(await auditOf('left')).toContainEqual({
      reason: null,
      before: { member: person.name, membership: 'member' },
      after: null,
    })
  })
})
