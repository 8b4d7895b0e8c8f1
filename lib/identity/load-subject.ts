import { sql } from '@/db/client'
import type { Grant } from '@/lib/authz'
import type { RoleAssignment, TeamMembership } from '@/lib/core/principal'
import { toDate } from './instants'

export interface Rights {
  roles: RoleAssignment[]
  teams: TeamMembership[]
  grants: Grant[]
}

interface Row extends Omit<Rights, 'grants'> {
  grants: (Omit<Grant, 'expiresAt'> & { expiresAt: string })[]
}

/**
 * Everything that decides what a principal may do: its roles, its teams, the grants of itself, of its teams and of the
 * key it came with. Expiry is judged at each decision. One statement, since every key in use is loaded every five
 * seconds; each list in one order, so that the same rights read the same.
 */
export async function loadRights(principalId: string, keyId: string | null): Promise<Rights> {
  const [row] = await sql()<Row[]>`
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
  const { roles = [], teams = [], grants = [] } = row ?? {}
  return { roles, teams, grants: grants.map((one) => ({ ...one, expiresAt: toDate(one.expiresAt) })) }
}
