import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import { db } from '@/db/client'
import { grants, roleAssignments, teamMembers, teams } from '@/db/schema'
import type { Grant } from '@/lib/authz'
import type { RoleAssignment, TeamMembership } from '@/lib/core/principal'
import { toDate } from './instants'

export interface Rights {
  roles: RoleAssignment[]
  teams: TeamMembership[]
  grants: Grant[]
}

const loadRoles = (principalId: string): Promise<RoleAssignment[]> =>
  db()
    .select({
      role: roleAssignments.role,
      teamId: roleAssignments.teamId,
      environment: roleAssignments.environment,
    })
    .from(roleAssignments)
    .where(eq(roleAssignments.principalId, principalId))

const loadTeams = (principalId: string): Promise<TeamMembership[]> =>
  db()
    .select({ teamId: teamMembers.teamId, team: teams.name, membership: teamMembers.membership })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(eq(teamMembers.principalId, principalId))
    .orderBy(teams.name)

/** Grants of the principal itself, of its teams and of the key it came with. Expiry is judged at each decision. */
async function loadGrants(principalId: string, teamIds: string[], keyId: string | null): Promise<Grant[]> {
  const holders = [
    and(inArray(grants.principalKind, ['person', 'service']), eq(grants.principalId, principalId)),
    teamIds.length > 0
      ? and(eq(grants.principalKind, 'team'), inArray(grants.principalId, teamIds))
      : undefined,
    keyId === null ? undefined : and(eq(grants.principalKind, 'key'), eq(grants.principalId, keyId)),
  ]
  const rows = await db()
    .select()
    .from(grants)
    .where(and(isNull(grants.revokedAt), or(...holders)))
  return rows.map(({ action, groupId, environments, purpose, expiresAt }) => ({
    action,
    groupId,
    environments,
    purpose,
    expiresAt: toDate(expiresAt),
  }))
}

/** Everything that decides what a principal may do. */
export async function loadRights(principalId: string, keyId: string | null): Promise<Rights> {
  const [roles, memberOf] = await Promise.all([loadRoles(principalId), loadTeams(principalId)])
  const teamIds = memberOf.map((team) => team.teamId)
  return { roles, teams: memberOf, grants: await loadGrants(principalId, teamIds, keyId) }
}
