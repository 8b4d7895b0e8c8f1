import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { db, sql, withTransaction } from '@/db/client'
import { auditLog, people, roleAssignments, teams } from '@/db/schema'
import { decide, refusedEverywhere, type Subject } from '@/lib/authz'
import { groupWith } from '@/lib/authz/testing/subjects'
import type { DomainError } from '@/lib/core/errors'
import { authenticateKey } from './authenticate-key'
import { stopHearing } from './changes'
import { ensureFirstRun, offerSignInLinks } from './first-run'
import { warmHelpDirectory } from './help-directory'
import { canI, getMe } from './me'
import { createPerson, getPerson, issueSignInLink, listPeople } from './people'
import { assignRole, removeRole } from './roles'
import { createServiceKey } from './service-accounts'
import { signInWithLink } from './sign-in'
import { systemContext } from './system-context'
import { createTeam, getTeam, listTeams, setTeamMember } from './teams'
import { testActor, testContext } from './testing'

const caught = async (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.unreachable('it was allowed'),
    (error) => error,
  )
const place = () => ({ address: null, userAgent: null, now: new Date() })
const tokenOf = (path: string) => new URL(path, 'http://localhost').searchParams.get('token') ?? ''

afterAll(stopHearing)

describe('the first run', () => {
  test('makes an administrator and the default team, once, also when two start at once', async () => {
    await Promise.all([ensureFirstRun({ sample: false }), ensureFirstRun({ sample: false })])
    const all = await db().select().from(people)
    expect(all).toMatchObject([{ name: 'Administrator', passwordHash: null, sample: false }])
    expect((await db().select().from(teams)).map((team) => team.name)).toEqual(['default'])
  })

  test('in sample mode also one person for each way of using the portal', async () => {
    await ensureFirstRun({ sample: true })
    await ensureFirstRun({ sample: true })
    const offers = await offerSignInLinks()
    expect(offers.map((offer) => offer.roles.join())).toEqual([
      'administrator',
      'consumer',
      'producer',
      'reviewer',
      'viewer',
    ])
    const { members } = await getTeam(systemContext(), 'flights')
    expect(members).toMatchObject([{ name: 'Mara Voss', membership: 'maintainer', kind: 'person' }])
  })

  test('the links sign in, and an administrator is offered another until there is a password', async () => {
    const [first] = await offerSignInLinks()
    if (!first) throw new Error('No link was offered.')
    await signInWithLink({ token: tokenOf(first.path) }, place())
    const again = (await offerSignInLinks()).find((offer) => offer.roles.includes('administrator'))
    if (!again) throw new Error('Nobody could let the administrator in.')
    await signInWithLink({ token: tokenOf(again.path), password: 'a long enough phrase' }, place())
    expect((await offerSignInLinks()).map((offer) => offer.roles.join())).not.toContain('administrator')
    expect(await offerSignInLinks(first.email.toUpperCase())).toHaveLength(1)
    expect(await offerSignInLinks('nobody@test.example')).toEqual([])
  })

  test('every person and key of the command line is audited', async () => {
    const secret = await createServiceKey(systemContext({ via: 'cli' }), {
      name: 'ci',
      role: 'administrator',
      team: 'default',
    })
    const actor = await authenticateKey(secret)
    expect(actor).toMatchObject({
      name: 'ci',
      roles: [{ role: 'administrator' }],
      teams: [{ team: 'default' }],
    })
    const second = await createServiceKey(systemContext({ via: 'cli' }), {
      name: 'ci',
      role: 'administrator',
      team: 'default',
    })
    expect((await authenticateKey(second))?.roles).toHaveLength(1)
    const rows = await db().select().from(auditLog)
    expect(rows.filter((row) => row.action === 'people:manage' && row.via === 'cli')).toHaveLength(5)
    expect(rows.filter((row) => row.action === 'key:create')).toHaveLength(2)
  })
})

describe('people', () => {
  let administrator: Subject
  beforeAll(async () => {
    administrator = await testActor({ role: 'administrator' })
  })
  const asAdministrator = () => testContext(administrator)

  test('a new person comes in by the link in the answer, with roles and teams', async () => {
    const made = await createPerson(asAdministrator(), {
      email: 'new@test.example',
      name: 'New Person',
      roles: [{ role: 'producer', environment: 'dev' }],
      teams: [{ name: 'flights' }],
    })
    expect(made).toMatchObject({ has_password: false, teams: [{ name: 'flights', membership: 'member' }] })
    expect(await signInWithLink({ token: tokenOf(made.sign_in_link.path) }, place())).toMatchObject({
      personId: made.id,
    })
    expect(await getPerson(asAdministrator(), made.id)).toMatchObject({
      roles: [{ role: 'producer', team: null, environment: 'dev' }],
    })
    const again = await issueSignInLink(asAdministrator(), made.id)
    expect(await signInWithLink({ token: tokenOf(again.path) }, place())).toMatchObject({ personId: made.id })
    const taken = createPerson(asAdministrator(), { email: 'NEW@test.example', name: 'Other' })
    expect(await caught(taken)).toMatchObject({ code: 'conflict' })
  })

  test('the list pages through everybody', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(asAdministrator(), {
        limit: '2',
        ...(cursor === null ? {} : { cursor }),
      })
      seen.push(...page.data.map((person) => person.id))
      cursor = page.meta.next_cursor
      expect(page.meta.total).toBeGreaterThan(5)
    } while (cursor !== null)
    expect(seen).toHaveLength((await db().select().from(people)).length)
    expect(new Set(seen).size).toBe(seen.length)
  })

  test.each([
    [{ email: 'no address', name: 'x' }, '/email'],
    [{ email: 'a@test.example', name: ' ' }, '/name'],
    [{ email: 'a@test.example', name: 'x', roles: [{ role: 'king' }] }, '/roles/0/role'],
    [
      { email: 'a@test.example', name: 'x', roles: [{ role: 'viewer', environment: 'mars' }] },
      '/roles/0/environment',
    ],
    [{ email: 'a@test.example', name: 'x', teams: [{ name: 'nobodys' }] }, '/teams/0/name'],
  ])('%j is refused at %s', async (input, pointer) => {
    const error = await caught(createPerson(asAdministrator(), input))
    expect(error).toMatchObject({ code: 'invalid', details: { errors: [{ pointer }] } })
  })

  test('only administrators manage people; a maintainer manages the team’s members', async () => {
    const maintainer = testContext(
      await testActor({ role: 'viewer', team: 'flights', membership: 'maintainer' }),
    )
    const viewer = testContext(await testActor({ role: 'viewer', team: 'flights' }))
    const input = { email: 'x@test.example', name: 'X' }
    expect(await caught(createPerson(viewer, input))).toMatchObject({ code: 'forbidden' })
    expect(await caught(createPerson(maintainer, input))).toMatchObject({ code: 'forbidden' })
    expect(await caught(createTeam(maintainer, { name: 'own' }))).toMatchObject({
      code: 'forbidden',
      message: 'Needs an administrator; you are a viewer.',
    })
    expect(await caught(setTeamMember(viewer, 'flights', { person: viewer.actor.id }))).toMatchObject({
      code: 'forbidden',
    })
    const { members } = await setTeamMember(maintainer, 'flights', {
      person: viewer.actor.id,
      membership: 'maintainer',
    })
    expect(members).toContainEqual(expect.objectContaining({ id: viewer.actor.id, membership: 'maintainer' }))
    expect(await caught(setTeamMember(maintainer, 'growth', { person: viewer.actor.id }))).toMatchObject({
      code: 'forbidden',
    })
  })
})

const waitingForLocks = async () => {
  const [row] = await sql()`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return row?.waiting
}

describe('roles', () => {
  test('are given and taken; the last administrator stays', async () => {
    await db().delete(roleAssignments).where(eq(roleAssignments.role, 'administrator'))
    const first = await testActor({ role: 'administrator' })
    const ctx = testContext(first)
    const { roles } = await getPerson(ctx, first.id)
    const own = { id: first.id, assignment: roles[0]?.id ?? '', ifMatch: '*' }
    expect(await caught(removeRole(ctx, own))).toMatchObject({ code: 'conflict' })
    const second = await testActor()
    const assigned = await assignRole(ctx, second.id, { role: 'administrator' })
    expect(await assignRole(ctx, second.id, { role: 'administrator' })).toEqual(assigned)
    const other = { id: second.id, assignment: assigned.id, ifMatch: '*' }
    const both = await withTransaction(async (tx) => {
      await tx.select().from(roleAssignments).where(eq(roleAssignments.role, 'administrator')).for('update')
      const removals = Promise.allSettled([removeRole(ctx, own), removeRole(ctx, other)])
      await expect.poll(waitingForLocks, { timeout: 5000, interval: 10 }).toBe(2)
      return { removals }
    }).then(({ removals }) => removals)
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1)
  })

  test('a change of roles holds at the next request', async () => {
    const ctx = systemContext()
    const secret = await createServiceKey(ctx, { name: 'changing', role: 'viewer', team: 'default' })
    const before = await authenticateKey(secret)
    expect(before?.roles).toHaveLength(1)
    await assignRole(ctx, before?.id ?? '', { role: 'reviewer' })
    expect((await authenticateKey(secret))?.roles).toHaveLength(2)
  })
})

describe('teams', () => {
  test('are created once and listed with their members', async () => {
    const ctx = systemContext()
    expect(await createTeam(ctx, { name: 'network', display_name: 'Network' })).toMatchObject({ members: [] })
    expect(await caught(createTeam(ctx, { name: 'network' }))).toMatchObject({ code: 'conflict' })
    const { data } = await listTeams(testContext(await testActor({ role: 'viewer' })), {})
    expect(data.map((team) => team.name)).toEqual(data.map((team) => team.name).toSorted())
    expect(data.map((team) => team.name)).toContain('network')
    expect(await caught(listTeams(testContext(await testActor()), {}))).toMatchObject({ code: 'forbidden' })
  })
})

describe('me', () => {
  test('says who asks and what they may', async () => {
    const actor = await testActor({ role: 'viewer', team: 'growth' })
    const ctx = testContext(actor)
    expect(await getMe(ctx)).toMatchObject({
      kind: 'user',
      email: `${actor.id}@test.example`,
      roles: [{ role: 'viewer', team: null, environment: null }],
      teams: [{ name: 'growth', membership: 'member' }],
      key: null,
    })
    expect(await canI(ctx, { action: 'group:create' })).toMatchObject({
      allowed: false,
      rule: 'Needs a producer of the team that will own it; you are a viewer.',
    })
    expect(await canI(ctx, { action: 'catalog:describe', resource: 'team:growth' })).toMatchObject({
      allowed: true,
    })
    expect(await caught(canI(ctx, { action: 'catalog:describe', resource: 'team:none' }))).toMatchObject({
      code: 'not_found',
    })
    expect(await caught(canI(ctx, { action: 'fly' }))).toMatchObject({ code: 'invalid' })
    expect(await caught(canI(ctx, { action: 'group:update', resource: 'planet:x' }))).toMatchObject({
      code: 'invalid',
    })
    const hidden = async (name: string) => groupWith({ name, classification: 'restricted' })
    const asked = canI(ctx, { action: 'group:update', resource: 'group:secret' }, { group: hidden })
    expect(await caught(asked)).toMatchObject({ message: 'Feature group secret was not found.' })
  })
})

test('a refusal names the maintainers of the team, else its producers, else administrators, never the asker', async () => {
  await testActor({ team: 'helped', membership: 'maintainer', name: 'Mara Voss' })
  const administrator = await testActor({ role: 'administrator', name: 'Ada Min' })
  const viewer = testContext(await testActor({ role: 'viewer', team: 'helped' }))
  const [helped] = viewer.actor.teams
  const teamId = helped?.teamId ?? ''
  const producer = await testActor({ role: 'producer', team: 'worked_on', name: 'Pia Roth' })
  const [workedOn] = producer.teams
  await createTeam(systemContext(), { name: 'nobodys' })
  await testActor({ role: 'administrator', name: 'Administrator' })
  await warmHelpDirectory()
  const asked = (facts: object) => decide(viewer, 'group:update', groupWith(facts)).whoCanHelp
  expect(asked({ teamId, team: 'helped' })).toEqual(['Mara Voss (helped)'])
  expect(asked({ teamId: workedOn?.teamId, team: 'worked_on' })).toEqual(['Pia Roth (worked_on)'])
  expect(asked({ teamId: 'unknown', team: 'unknown' })).toContain('Ada Min (administrator)')
  const own = groupWith({ authorId: administrator.id })
  expect(decide(testContext(administrator), 'version:approve', own).whoCanHelp).toEqual([
    'Jonas Lind (reviewer)',
  ])
  // A reviewer with a hand in it is no second person either.
  const [jonas] = await db().select().from(people).where(eq(people.name, 'Jonas Lind'))
  const handed = { ...own, handIds: [jonas?.id ?? ''] }
  const others = decide(testContext(administrator), 'version:approve', handed).whoCanHelp
  expect(others.join()).toMatch(/^Administrator \(/)
  // Of nothing in particular: people of the teams for what a team owns, else an administrator by address.
  expect(refusedEverywhere(viewer, 'group:create').whoCanHelp).toContain('Mara Voss (helped)')
  const ofThePortal = refusedEverywhere(viewer, 'people:manage').whoCanHelp
  expect(ofThePortal).toContainEqual(expect.stringMatching(/^Administrator \(.+@.+\)$/))
})
