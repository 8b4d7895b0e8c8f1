export const roles = ['viewer', 'consumer', 'producer', 'reviewer', 'administrator'] as const
export type Role = (typeof roles)[number]

/** A role, global when team and environment are null. `teamId` and `team` go together. */
export interface RoleAssignment {
  role: Role
  teamId: string | null
  environment: string | null
}

export interface TeamMembership {
  teamId: string
  team: string
  membership: 'member' | 'maintainer'
}
