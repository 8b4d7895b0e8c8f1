import { and, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { people, teamMembers } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { missing, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { parseInput } from '@/lib/core/parse-input'
import { announceChange, forget } from './changes'
import { personFacts } from './facts'
import { instantOrNull, toInstant } from './instants'
import { decodeCursor, pageOf } from './page'
import { membershipsOf, type PersonRow, requireTeam, rolesOf } from './queries'
import { type Page, type PersonResource, peopleQuery, personInput } from './resources'
import { grantRole } from './roles'
import { createSignInLink } from './sign-in-links'

type Held = {
  roles: Awaited<ReturnType<typeof rolesOf>>
  teams: Awaited<ReturnType<typeof membershipsOf>>
}

const serialize = (person: PersonRow, held: Held): PersonResource => ({
  id: person.id,
  email: person.email,
  name: person.name,
  sample: person.sample,
  has_password: person.passwordHash !== null,
  roles: held.roles
    .filter(({ assignment }) => assignment.principalId === person.id)
    .map(({ assignment, team }) => ({
      id: assignment.id,
      role: assignment.role,
      team,
      environment: assignment.environment,
    })),
  teams: held.teams
    .filter((team) => team.principalId === person.id)
    .map(({ team, membership }) => ({ name: team, membership })),
  created_at: toInstant(person.createdAt),
  disabled_at: instantOrNull(person.disabledAt),
})

const sortKey = sql<string>`lower(${people.name}) || ' ' || ${people.id}`

const inState = {
  enabled: isNull(people.disabledAt),
  disabled: isNotNull(people.disabledAt),
  all: undefined,
}

/** People by name. Errors: `forbidden`, `invalid`. */
export async function listPeople(ctx: Context, input: unknown): Promise<Page<PersonResource>> {
  await authorizeAtAll(ctx, 'people:manage')
  const query = parseInput(peopleQuery, input)
  await authorize(ctx, 'people:manage', systemResource)
  const after = decodeCursor(query.cursor)
  const [counted] = await db().select({ total: count() }).from(people).where(inState[query.state])
  const rows = await db()
    .select({ person: people, key: sortKey })
    .from(people)
    .where(and(inState[query.state], after === undefined ? undefined : sql`${sortKey} > ${after}`))
    .orderBy(sortKey)
    .limit(query.limit + 1)
  const ids = rows.map((row) => row.person.id)
  const held = { roles: await rolesOf(ids), teams: await membershipsOf(ids) }
  return pageOf(
    rows,
    query.limit,
    counted?.total ?? 0,
    (row) => row.key,
    (row) => serialize(row.person, held),
  )
}

/** A person who is there, disabled or not; a 404 otherwise. */
export async function requirePerson(id: string): Promise<PersonRow> {
  const [person] = id.includes('\u0000') ? [] : await db().select().from(people).where(eq(people.id, id))
  if (!person) throw missing('person', id)
  return person
}

/** One person. Errors: `forbidden`, `not_found`. */
export async function getPerson(ctx: Context, id: string): Promise<PersonResource> {
  await authorizeAtAll(ctx, 'people:manage')
  const person = await requirePerson(id)
  await authorize(ctx, 'people:manage', personFacts(person))
  return serialize(person, { roles: await rolesOf([person.id]), teams: await membershipsOf([person.id]) })
}

type NewPerson = ReturnType<typeof personInput.parse> & { sample?: boolean }

/** Writes a person with roles and memberships. Errors: `conflict` when the address is taken; `invalid`. */
export async function insertPerson(tx: Transaction, input: NewPerson, createdBy: string): Promise<PersonRow> {
  const [person] = await tx
    .insert(people)
    .values({ id: newId(), email: input.email, name: input.name, sample: input.sample ?? false })
    .onConflictDoNothing()
    .returning()
  if (!person) throw new DomainError('conflict', `Somebody has the address ${input.email} already.`)
  for (const [index, role] of input.roles.entries()) {
    await grantRole(tx, person.id, role, createdBy, `/roles/${index}`)
  }
  for (const [index, { name, membership }] of input.teams.entries()) {
    const team = await requireTeam(name, `/teams/${index}/name`, tx)
    await tx
      .insert(teamMembers)
      .values({ teamId: team.id, principalId: person.id, membership })
      .onConflictDoNothing()
  }
  return person
}

/** Creates a local account without a password; the link in the answer signs the person in, once. */
export async function createPerson(ctx: Context, input: unknown) {
  await authorizeAtAll(ctx, 'people:manage')
  const parsed = parseInput(personInput, input)
  const decision = await authorize(ctx, 'people:manage', personFacts({ id: '', name: parsed.name }))
  const made = await withTransaction(async (tx) => {
    const person = await insertPerson(tx, parsed, ctx.actor.id)
    const held = { roles: await rolesOf([person.id], tx), teams: await membershipsOf([person.id], tx) }
    const resource = serialize(person, held)
    const link = await createSignInLink(tx, person.id, ctx.now())
    const facts = personFacts(person)
    await record(tx, ctx, {
      action: 'people:manage',
      resource: facts,
      decision,
      after: resource,
      environment: null,
    })
    await announceChange(tx)
    return { ...resource, sign_in_link: { path: link.path, expires_at: link.expiresAt } }
  })
  forget()
  return made
}

/** A new link for somebody who cannot sign in; earlier ones that were not used end. Errors: `forbidden`, `not_found`. */
export async function issueSignInLink(ctx: Context, personId: string) {
  await authorizeAtAll(ctx, 'people:manage')
  const person = await requirePerson(personId)
  const facts = personFacts(person)
  const decision = await authorize(ctx, 'people:manage', facts)
  if (person.disabledAt !== null)
    throw new DomainError('conflict', `${person.name} is disabled: enable them before making a link.`)
  return withTransaction(async (tx) => {
    const link = await createSignInLink(tx, person.id, ctx.now())
    const after = { sign_in_link_until: link.expiresAt }
    await record(tx, ctx, { action: 'people:manage', resource: facts, decision, after, environment: null })
    return { path: link.path, expires_at: link.expiresAt }
  })
}
