import { and, eq, exists, isNull, or, sql } from 'drizzle-orm'
import { db, type Transaction, withTransaction } from '@/db/client'
import { people, roleAssignments, teams } from '@/db/schema'
import { record } from '@/lib/audit'
import { decide } from '@/lib/authz'
import { newId } from '@/lib/core/ids'
import { announceChange, forget } from './changes'
import { personFacts } from './facts'
import { insertPerson } from './people'
import { personInput } from './resources'
import { samplePeople, sampleTeams } from './sample-people'
import { createSignInLink } from './sign-in-links'
import { systemContext } from './system-context'

export const defaultTeam = 'default'

/** Any number that only the first run locks. */
const lockKey = 4_171_982_003

const newTeam = (name: string, displayName: string, description: string, sample: boolean) => ({
  id: newId(),
  name,
  displayName,
  description,
  sample,
})

const admin = personInput.parse({
  email: 'admin@localhost.localdomain',
  name: 'Administrator',
  roles: [{ role: 'administrator' }],
  teams: [{ name: defaultTeam, membership: 'maintainer' }],
})

async function hasAdministrator(tx: Transaction): Promise<boolean> {
  const found = await tx
    .select({ id: people.id })
    .from(people)
    .innerJoin(roleAssignments, eq(roleAssignments.principalId, people.id))
    .where(and(eq(roleAssignments.role, 'administrator'), isNull(roleAssignments.teamId)))
    .limit(1)
  return found.length > 0
}

async function hasSamplePeople(tx: Transaction): Promise<boolean> {
  const found = await tx.select({ id: people.id }).from(people).where(eq(people.sample, true)).limit(1)
  return found.length > 0
}

async function addPerson(tx: Transaction, input: Parameters<typeof insertPerson>[1]): Promise<void> {
  const ctx = systemContext({ via: 'cli' })
  const person = await insertPerson(tx, input, ctx.actor.id)
  const resource = personFacts(person)
  const decision = decide(ctx, 'people:manage', resource)
  const after = { email: person.email, roles: input.roles, teams: input.teams }
  await record(tx, ctx, { action: 'people:manage', resource, decision, after, environment: null })
}

/**
 * Brings an installation to where somebody can sign in: the team `default`, one administrator and, in sample
 * mode, the sample's teams and people. Nobody has a password. What is there already stays as it is.
 */
export async function ensureFirstRun({ sample }: { sample: boolean }): Promise<void> {
  await withTransaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`)
    const wanted = [
      newTeam(defaultTeam, 'Default', 'Owns what names no other team.', false),
      ...(sample
        ? sampleTeams.map((team) => newTeam(team.name, team.displayName, team.description, true))
        : []),
    ]
    await tx.insert(teams).values(wanted).onConflictDoNothing({ target: teams.name })
    if (!(await hasAdministrator(tx))) await addPerson(tx, admin)
    if (sample && !(await hasSamplePeople(tx))) {
      for (const person of samplePeople) await addPerson(tx, { ...person, sample: true })
    }
    await announceChange(tx)
  })
  forget()
}

export interface SignInOffer {
  name: string
  email: string
  /** What the person is here for, e.g. `administrator`, `reviewer`. */
  roles: string[]
  path: string
}

/**
 * Whose links each start prints: the people of the sample, and administrators, who have nobody to ask. Others get
 * theirs from an administrator, or by their email.
 */
const waiting = () =>
  and(
    isNull(people.passwordHash),
    isNull(people.disabledAt),
    or(
      eq(people.sample, true),
      exists(
        db()
          .select({ one: sql`1` })
          .from(roleAssignments)
          .where(and(eq(roleAssignments.principalId, people.id), eq(roleAssignments.role, 'administrator'))),
      ),
    ),
  )

/** New one-time links for everybody who waits for one, or for the one person who is named by email. */
export async function offerSignInLinks(email?: string): Promise<SignInOffer[]> {
  const wanted =
    email === undefined
      ? waiting()
      : and(eq(sql`lower(${people.email})`, email.toLowerCase()), isNull(people.disabledAt))
  return withTransaction(async (tx) => {
    const rows = await tx.select().from(people).where(wanted).orderBy(people.createdAt, people.id)
    const offers: SignInOffer[] = []
    for (const { id, name, email: address } of rows) {
      const held = await tx.select().from(roleAssignments).where(eq(roleAssignments.principalId, id))
      const link = await createSignInLink(tx, id, new Date())
      offers.push({ name, email: address, roles: held.map((one) => one.role), path: link.path })
    }
    return offers
  })
}
