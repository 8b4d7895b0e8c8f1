import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { environments, people, roleAssignments, serviceAccounts, teamMembers, teams } from '@/db/schema'
import { missing } from '@/lib/authz'
import { invalidField } from '@/lib/core/errors'

export type TeamRow = typeof teams.$inferSelect
export type PersonRow = typeof people.$inferSelect

/** People and service accounts alike: whoever can hold a role. */
export interface PrincipalRow {
  kind: 'person' | 'service'
  id: string
  name: string
}

export async function findTeam(name: string, executor: Executor = db()): Promise<TeamRow | null> {
  const [row] = await executor.select().from(teams).where(eq(teams.name, name))
  return row ?? null
}

/** A team that a body names: a 422 at `pointer` when it is not there. */
export async function requireTeam(
  name: string,
  pointer: string,
  executor: Executor = db(),
): Promise<TeamRow> {
  const team = await findTeam(name, executor)
  if (!team) throw invalidField(pointer, `There is no team ${name}.`, 'unknown_team')
  return team
}

export async function requireEnvironments(names: string[], pointer: string, executor: Executor = db()) {
  if (names.length === 0) return
  const rows = await executor.select().from(environments).where(inArray(environments.name, names))
  const unknown = names.find((name) => !rows.some((row) => row.name === name))
  if (unknown !== undefined)
    throw invalidField(pointer, `There is no environment ${unknown}.`, 'unknown_environment')
}

/** A person by id or email, or a service account by id or name. */
export async function findPrincipal(text: string, executor: Executor = db()): Promise<PrincipalRow | null> {
  const [person] = await executor
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(
      and(
        or(eq(people.id, text), eq(sql`lower(${people.email})`, text.toLowerCase())),
        isNull(people.disabledAt),
      ),
    )
  if (person) return { kind: 'person', ...person }
  const [service] = await executor
    .select({ id: serviceAccounts.id, name: serviceAccounts.name })
    .from(serviceAccounts)
    .where(
      and(
        or(eq(serviceAccounts.id, text), eq(serviceAccounts.name, text)),
        isNull(serviceAccounts.disabledAt),
      ),
    )
  return service ? { kind: 'service', ...service } : null
}

/** The principal that a path names: a 404 when it is not there. */
export async function requirePrincipal(id: string, executor: Executor = db()): Promise<PrincipalRow> {
  const found = id.includes('\u0000') ? null : await findPrincipal(id, executor)
  if (!found) throw missing('person', id)
  return found
}

export async function membersOf(teamIds: string[], executor: Executor = db()) {
  if (teamIds.length === 0) return []
  const rows = await executor
    .select({ member: teamMembers, person: people.name, service: serviceAccounts.name })
    .from(teamMembers)
    .leftJoin(people, eq(people.id, teamMembers.principalId))
    .leftJoin(serviceAccounts, eq(serviceAccounts.id, teamMembers.principalId))
    .where(inArray(teamMembers.teamId, teamIds))
    .orderBy(sql`coalesce(${people.name}, ${serviceAccounts.name})`)
  return rows.map(({ member, person, service }) => ({
    teamId: member.teamId,
    id: member.principalId,
    name: person ?? service ?? member.principalId,
    kind: person === null ? ('service' as const) : ('person' as const),
    membership: member.membership,
  }))
}

export const rolesOf = (principalIds: string[], executor: Executor = db()) =>
  principalIds.length === 0
    ? Promise.resolve([])
    : executor
        .select({ assignment: roleAssignments, team: teams.name })
        .from(roleAssignments)
        .leftJoin(teams, eq(teams.id, roleAssignments.teamId))
        .where(inArray(roleAssignments.principalId, principalIds))
        .orderBy(roleAssignments.createdAt)

export const membershipsOf = (principalIds: string[], executor: Executor = db()) =>
  principalIds.length === 0
    ? Promise.resolve([])
    : executor
        .select({
          principalId: teamMembers.principalId,
          team: teams.name,
          membership: teamMembers.membership,
        })
        .from(teamMembers)
        .innerJoin(teams, eq(teams.id, teamMembers.teamId))
        .where(inArray(teamMembers.principalId, principalIds))
        .orderBy(teams.name)
