import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { apiKeys, people, roleAssignments, teamMembers, teams } from '@/db/schema'
import type { Grant, Subject } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { newId } from '@/lib/core/ids'
import type { Role, TeamMembership } from '@/lib/core/principal'

export interface TestActorOptions {
  /** Global roles; `role` for one. None: somebody without rights. */
  role?: Role
  roles?: Role[]
  /** The name of a team, made when it is not there. None: a member of no team. */
  team?: string
  membership?: TeamMembership['membership']
  name?: string
  grants?: Grant[]
}

/** A team by name, made when it is not there. Returns its id. */
async function testTeam(name: string): Promise<string> {
  await db().insert(teams).values({ id: newId(), name, displayName: name }).onConflictDoNothing()
  const [found] = await db().select().from(teams).where(eq(teams.name, name))
  if (!found) throw new Error(`The team ${name} was not made.`)
  return found.id
}

/** A person who exists in the database with the role and membership, as authentication would load them. */
export async function testActor(options: TestActorOptions = {}): Promise<Subject> {
  const { role, roles = role ? [role] : [], team, membership = 'member', grants = [] } = options
  const id = newId()
  const name = options.name ?? `${roles[0] ?? 'nobody'} ${id.slice(-6)}`
  await db()
    .insert(people)
    .values({ id, name, email: `${id}@test.example` })
  for (const one of roles)
    await db().insert(roleAssignments).values({ id: newId(), principalId: id, role: one })
  const teamId = team === undefined ? undefined : await testTeam(team)
  if (teamId !== undefined) await db().insert(teamMembers).values({ teamId, principalId: id, membership })
  return {
    kind: 'user',
    id,
    name,
    sessionId: newId(),
    roles: roles.map((one) => ({ role: one, teamId: null, environment: null })),
    teams: teamId === undefined || team === undefined ? [] : [{ teamId, team, membership }],
    grants,
  }
}

/** A use case's context for this actor, by API in `prod` unless said otherwise. */
export const testContext = (actor: Context['actor'], overrides: Partial<Context> = {}): Context => ({
  actor,
  environment: 'prod',
  requestId: newId(),
  via: 'api',
  purpose: null,
  address: null,
  now: () => new Date(),
  signal: new AbortController().signal,
  ...overrides,
})

/** The context of a service account with these rights, asking by a key that `maker` made. */
export async function testRobot(maker: string, options: TestActorOptions): Promise<Context> {
  const { id, name, roles, teams: own } = await testActor({ ...options, name: 'robot' })
  const keyId = newId()
  await db().insert(apiKeys).values({
    id: keyId,
    name: 'ci',
    prefix: 'alm',
    secretHash: keyId,
    ownerKind: 'service',
    ownerId: id,
    createdBy: maker,
  })
  const key = { keyId, keyName: 'ci', scopes: [], environments: [], groups: [], expiresAt: null }
  return testContext({ kind: 'apiKey', id, name, roles, teams: own, ...key })
}
