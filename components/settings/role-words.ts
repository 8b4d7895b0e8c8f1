import type { Role } from '@/lib/core/principal'

/** What each role is for, in a form's order. */
const roleWords: Record<Role, string> = {
  viewer: 'sees the catalogue',
  consumer: 'reads features',
  producer: 'registers and writes for own teams',
  reviewer: 'approves and audits',
  administrator: 'everything',
}

/** Roles as the choices of a list: "consumer · reads features". */
export const roleOptions = Object.entries(roleWords).map(([value, words]) => ({
  value,
  label: `${value} · ${words}`,
}))

export const membershipOptions = [
  { value: 'member', label: 'member' },
  { value: 'maintainer', label: 'maintainer · manages its members' },
]

/** "producer of flights in prod". */
export function assignmentWords(assignment: {
  role: string
  team: string | null
  environment: string | null
}): string {
  const { role, team, environment } = assignment
  return `${role}${team === null ? '' : ` of ${team}`}${environment === null ? '' : ` in ${environment}`}`
}
