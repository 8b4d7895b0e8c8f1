import type postgres from 'postgres'
import { sql } from '@/db/client'
import type { Grant } from '@/lib/authz'
import type { RoleAssignment, TeamMembership } from '@/lib/core/principal'
import { toDate } from './instants'

export interface Rights {
  roles: RoleAssignment[]
  teams: TeamMembership[]
  grants: Grant[]
}

/** Rights as the database gives them. */
export interface RightsRow extends Omit<Rights, 'grants'> {
  grants: (Omit<Grant, 'expiresAt'> & { expiresAt: string })[]
}

/** A value, or the place in a statement where it stands. */
type Part = string | null | postgres.Fragment

/** Selects a RightsRow. Each list in one order, so that the same rights read the same. */
export const rightsSelect = (principalId: Part, keyId: Part) => sql()`
  select
    (select coalesce(json_agg(json_build_object('role', role, 'teamId', team_id, 'environment', environment)
        order by id), '[]')
      from role_assignments where principal_id = ${principalId}) as roles,
    (select coalesce(json_agg(json_build_object('teamId', t.id, 'team', t.name, 'membership', m.membership)
        order by t.name), '[]')
      from team_members m join teams t on t.id = m.team_id where m.principal_id = ${principalId}) as teams,
    (select coalesce(json_agg(json_build_object('action', action, 'groupId', group_id, 'environments', environments,
        'purpose', purpose, 'expiresAt', expires_at) order by id), '[]')
      from grants where revoked_at is null and (
        (principal_kind in ('person', 'service') and principal_id = ${principalId})
        or (principal_kind = 'team'
          and principal_id in (select team_id from team_members where principal_id = ${principalId}))
        or (principal_kind = 'key' and principal_id = ${keyId}))) as grants`

export const rightsOf = ({ roles, teams, grants }: RightsRow): Rights => ({
  roles,
  teams,
  grants: grants.map((one) => ({ ...one, expiresAt: toDate(one.expiresAt) })),
})

/**
 * Everything that decides what a principal may do: its roles, its teams, the grants of itself, of its teams and of the
 * key it came with. Expiry is judged at each decision.
 */
export async function loadRights(principalId: string, keyId: string | null): Promise<Rights> {
  const [row] = await sql()<RightsRow[]>`${rightsSelect(principalId, keyId)}`
  return rightsOf(row ?? { roles: [], teams: [], grants: [] })
}
