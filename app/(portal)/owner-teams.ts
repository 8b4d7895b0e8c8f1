import type { Context } from '@/lib/core/context'
import { listTeams } from '@/lib/identity'

/** The teams that may own what this person registers or changes: their own, and for administrators all. */
export async function ownerTeams(ctx: Context): Promise<string[]> {
  const own = ctx.actor.teams.map((membership) => membership.team)
  const isAdministrator = ctx.actor.roles.some(({ role }) => role === 'administrator')
  const teams = isAdministrator ? (await listTeams(ctx, { limit: 200 })).data.map((team) => team.name) : own
  return [...new Set([...own, ...teams])]
}
